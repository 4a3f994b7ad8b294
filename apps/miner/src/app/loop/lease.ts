/** When the coordinator gives no usable time: its default lease. */
const DEFAULT_LEASE_MS = 30_000;
const LONGEST_LEASE_MS = 3_600_000;

/**
 * The miner's own view of the lease of one job, by its monotonic clock: only the length is taken from the coordinator,
 * so that clocks which differ a little, or are set, do no harm.
 */
export class Lease {
  readonly lengthMs: number;
  private renewedAt = performance.now();

  /** @param expiresAt RFC 3339, by the coordinator's clock. */
  constructor(expiresAt: string) {
    const left = Date.parse(expiresAt) - Date.now();
    this.lengthMs = left > 0 ? Math.min(left, LONGEST_LEASE_MS) : DEFAULT_LEASE_MS;
  }

  /** @param sentAt `performance.now()` before the renewal was sent: it may have counted from any instant after. */
  renew(sentAt: number): void {
    this.renewedAt = sentAt;
  }

  /**
   * The coordinator has certainly given the job away: two lease times have passed. After one it may not have looked
   * yet, as when it was itself down, and then still takes a result.
   */
  get isSurelyLost(): boolean {
    return performance.now() - this.renewedAt > 2 * this.lengthMs;
  }
}
