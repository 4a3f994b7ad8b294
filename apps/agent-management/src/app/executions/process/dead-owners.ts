import type { WakeUps } from '@aitbc/execution-engine';
import type { Logger } from '@aitbc/shared-core';

const LOOK_EVERY_MS = 5_000;

/** Leases by their owners. */
export interface OwnedLeases {
  leaseOwners(): Promise<string[]>;
  /** Gives how many were taken away. */
  releaseOwners(owners: readonly string[]): Promise<number>;
}

/**
 * Takes the leases of dead processes away, so that what they ran goes on at once and not when the leases run out. Only
 * processes of this machine can be judged: it is for SQLite, whose processes all are. A wrong verdict costs the owner its
 * work of a moment and nothing else, since its writes are refused once another worker has claimed.
 */
export class DeadOwners {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly leases: OwnedLeases,
    private readonly isDead: (owner: string) => boolean,
    private readonly wakeUps: WakeUps,
    private readonly logger: Logger,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {}

  /** Looks at once, and then every few seconds: another process of the same file may die at any time. */
  start(): void {
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      await this.release();
    } catch (error) {
      this.logger.warn('leases of dead processes could not be looked for; it is tried again', { error });
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => this.start(), this.lookEveryMs);
    this.timer.unref();
  }

  private async release(): Promise<void> {
    const dead = (await this.leases.leaseOwners()).filter(this.isDead);
    if (dead.length === 0) return;
    const executions = await this.leases.releaseOwners(dead);
    this.logger.info('executions of dead processes go on', { event: 'leases_taken_over', owners: dead, executions });
    this.wakeUps.notify({ kind: 'due' });
  }
}
