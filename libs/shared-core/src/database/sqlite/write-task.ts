import type { UnitOfWork, UnitOutcome } from '../unit-of-work';

/** One queued unit of work and the promise its caller holds. */
export class WriteTask<T = unknown> {
  readonly queuedAt = performance.now();
  private outcome: UnitOutcome<T> | undefined;

  constructor(
    readonly unit: UnitOfWork,
    private readonly work: (unit: UnitOfWork) => Promise<T>,
    private readonly resolve: (value: T) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  /** True when the unit's changes are to be kept. Never rejects. */
  async run(limitMs: number): Promise<boolean> {
    this.outcome = await this.unit.run(() => this.work(this.unit), limitMs);
    return this.outcome.ok;
  }

  /** After the COMMIT. */
  committed(): void {
    if (!this.outcome?.ok) throw new Error('a unit that failed was committed');
    this.resolve(this.outcome.value);
    this.unit.runFollowUps();
  }

  /** Rejects with what the unit itself failed with, or else with `error`: its batch was lost, or it never ran. */
  failed(error: unknown): void {
    this.reject(this.outcome && !this.outcome.ok ? this.outcome.error : error);
  }
}
