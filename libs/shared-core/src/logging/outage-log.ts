import type { Logger } from './logger';

export interface OutageLogOptions {
  /** As the log calls what may be away: `the coordinator`. */
  readonly what: string;
  /** What happens meanwhile: `jobs wait`. */
  readonly meanwhile: string;
  /** Events are `<name>_away` and `<name>_back`. */
  readonly name: string;
  /** Failures in a row that are not told yet, such as those while it restarts; default 0. */
  readonly tolerated?: number;
}

/** Tells once that something on which much depends is away, and once that it is back, however often it was asked meanwhile. */
export class OutageLog {
  private failures = 0;

  constructor(
    private readonly logger: Logger,
    private readonly options: OutageLogOptions,
  ) {}

  failed(error: unknown): void {
    this.failures += 1;
    if (this.failures !== this.tolerated + 1) return;
    const { what, meanwhile, name } = this.options;
    this.logger.warn(`${what} does not answer: ${meanwhile}`, { event: `${name}_away`, error });
  }

  succeeded(): void {
    const wasTold = this.failures > this.tolerated;
    this.failures = 0;
    if (wasTold) this.logger.info(`${this.options.what} answers again`, { event: `${this.options.name}_back` });
  }

  private get tolerated(): number {
    return this.options.tolerated ?? 0;
  }
}
