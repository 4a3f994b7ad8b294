import type { LogFields, Logger } from '../../logging/logger';

const AT_MOST_EVERY_MS = 60_000;

/** A warning about what may happen a thousand times a second: given at most once a minute, with how often it was. */
export class OccasionalWarning {
  private nextAt = -Infinity;
  private times = 0;

  constructor(
    private readonly logger: Logger,
    private readonly message: string,
    private readonly event: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  give(fields: LogFields): void {
    this.times += 1;
    if (this.now() < this.nextAt) return;
    this.nextAt = this.now() + AT_MOST_EVERY_MS;
    this.logger.warn(this.message, { event: this.event, times: this.times, ...fields });
    this.times = 0;
  }
}
