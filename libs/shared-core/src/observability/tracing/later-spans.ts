import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../../logging/logger';
import type { Tracer } from './tracer';

/** Reads that may be under way or wait; beyond it, what ends is not told, so that a burst of ends costs no memory. */
const MAX_PENDING = 1_000;

/**
 * Tells about what has ended and must first be read. It stands beside the work that it tells about: it begins after it,
 * fails without it, and outside of its unit of work and log context.
 */
export class LaterSpans {
  private readonly pending = new Set<Promise<void>>();
  private readonly detached = AsyncLocalStorage.snapshot();

  constructor(
    private readonly tracer: Tracer,
    private readonly logger: Logger,
    private readonly maxPending = MAX_PENDING,
  ) {}

  /** @param tell reads, and records the spans */
  add(tell: (tracer: Tracer) => Promise<void>): void {
    if (!this.tracer.enabled || this.pending.size >= this.maxPending) return;
    const telling = this.detached(() => tell(this.tracer))
      .catch((error: unknown) => this.logger.warn('spans could not be made', { event: 'spans_failed', error }))
      .finally(() => this.pending.delete(telling));
    this.pending.add(telling);
  }

  /** Resolves when all that was added is told. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }
}
