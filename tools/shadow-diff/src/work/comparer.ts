import { idle, newId } from '@aitbc/shared-core';
import { replyDifferences } from '../compare/compare-replies';
import { type Difference } from '../compare/difference';
import { isMoving, lasting } from '../compare/moving';
import { withoutVolatile } from '../compare/volatile';
import type { MirroredRequest, SkipReason } from '../mirror/mirrored-request';
import type { Comparable, Side } from '../mirror/side';

/** What came of comparing the two answers to one request. */
export type Outcome =
  | { readonly result: 'equal' | 'volatile' }
  | { readonly result: 'settled'; readonly rereads: number }
  | { readonly result: 'different'; readonly differences: readonly Lasting[]; readonly requestId: string }
  | { readonly result: 'skipped'; readonly reason: SkipReason };

/** A difference that reading again did not remove. */
export interface Lasting extends Difference {
  /** One side's own answers differ from each other there, from one read to the next. */
  readonly moving: boolean;
}

export interface ComparerOptions {
  readonly release: Pick<Side, 'ask'>;
  readonly service: Pick<Side, 'ask'>;
  /** How often a difference is read again. */
  readonly rereads: number;
  /** Pause before the first of these (ms); each further one is twice as long. Default 50. */
  readonly pauseMs?: number;
}

/** What both sides replied at one moment. */
type Pair = readonly [release: Comparable, service: Comparable];

/** Asks both sides the same and compares the answers, again when they differ: between two reads the world moves. */
export class Comparer {
  constructor(private readonly options: ComparerOptions) {}

  /** Ends soon after `stop` fires. */
  async compare(request: MirroredRequest, stop: AbortSignal): Promise<Outcome> {
    const { rereads, pauseMs = 50 } = this.options;
    const requestId = newId('req');
    const pairs: Pair[] = [];
    const found: Difference[][] = [];
    for (let read = 0; read <= rereads; read += 1) {
      if (read > 0) await idle(pauseMs * 2 ** (read - 1), stop);
      const pair = await this.ask(request, requestId, stop);
      if (typeof pair === 'string') return { result: 'skipped', reason: pair };
      pairs.push(pair);
      const differences = replyDifferences(...pair);
      found.push(withoutVolatile(differences));
      const result = differences.length === 0 ? 'equal' : 'volatile';
      if (lasting(found).length === 0) return read === 0 ? { result } : { result: 'settled', rereads: read };
      if (stop.aborted) break;
    }
    return { result: 'different', requestId, differences: withMovement(lasting(found), pairs) };
  }

  /** Both at once, by one id, so that the lines of both logs about an example are found. */
  private async ask(request: MirroredRequest, requestId: string, stop: AbortSignal): Promise<Pair | SkipReason> {
    const [release, service] = await Promise.all([
      this.options.release.ask(request, requestId, stop),
      this.options.service.ask(request, requestId, stop),
    ]);
    if ('incomparable' in release) return release.incomparable;
    if ('incomparable' in service) return service.incomparable;
    return 'silence' in release && 'silence' in service ? 'unanswered-both' : [release, service];
  }
}

function withMovement(differences: readonly Difference[], pairs: readonly Pair[]): Lasting[] {
  const own = ([0, 1] as const).flatMap((side) => ownDifferences(pairs.map((pair) => pair[side])));
  return differences.map((difference) => ({ ...difference, moving: isMoving(difference, own) }));
}

/** How the replies of one side differ, each from the one before. */
function ownDifferences(replies: readonly Comparable[]): Difference[] {
  return replies.slice(1).flatMap((reply, index) => {
    const before = replies[index];
    return before ? replyDifferences(before, reply) : [];
  });
}
