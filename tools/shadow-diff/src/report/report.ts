import { type Allowance, allowedBecause } from '../allow-list';
import { type DifferenceKind, keyOf } from '../compare/difference';
import type { MirroredRequest, SkipReason } from '../mirror/mirrored-request';
import type { Lasting, Outcome } from '../work/comparer';
import { type Example, exampleOf } from './example';

/** How comparisons ended; each ends in one way. */
export interface Results {
  compared: number;
  equal: number;
  /** Equal when they were read again. */
  settled: number;
  /** Equal but for what no two answers have in common. */
  volatile: number;
  /** Every difference has a reason. */
  explained: number;
  unexplained: number;
}

export interface RouteResults extends Results {
  readonly route: string;
}

export interface DifferenceReport {
  readonly route: string;
  readonly kind: DifferenceKind;
  readonly pointer: string;
  /** Why it may be; null: nobody said. */
  readonly explanation: string | null;
  /** In how many comparisons. */
  count: number;
  readonly first_at: string;
  last_at: string;
  /** The first few. */
  readonly examples: Example[];
}

type Different = Extract<Outcome, { result: 'different' }>;

const MAX_EXAMPLES = 5;
/** What users name makes routes and places; a report that grows with them would end in the process's memory. */
const MAX_ROUTES = 300;
const MAX_DIFFERENCES = 500;
const OTHERS = '(others)';

const ADDITION = "an addition: clients of the release do not look at it ('nothing but additions')";
const MOVING = 'the answers of one side differ there from each other, from one read to the next';

/** Adds up what was found. */
export class Report {
  readonly startedAt = new Date().toISOString();
  readonly totals: Results = noResults();
  dropped = 0;
  /** Differences of new kinds that had no place any more. */
  unlisted = 0;
  readonly skipped = new Map<SkipReason, number>();
  /** How many comparisons were equal after that many further reads. */
  readonly settledAfter = new Map<number, number>();
  private readonly routes = new Map<string, RouteResults>();
  private readonly differences = new Map<string, DifferenceReport>();

  /** @param onNew is told of each difference that was not met before */
  constructor(
    private readonly allowances: readonly Allowance[],
    private readonly onNew: (difference: DifferenceReport) => void,
  ) {}

  drop(count = 1): void {
    this.dropped += count;
  }

  skip(reason: SkipReason): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  add(request: MirroredRequest, route: string, outcome: Outcome): void {
    if (outcome.result === 'skipped') return this.skip(outcome.reason);
    if (outcome.result === 'settled') {
      this.settledAfter.set(outcome.rereads, (this.settledAfter.get(outcome.rereads) ?? 0) + 1);
    }
    const result = outcome.result === 'different' ? this.addDifferent(request, route, outcome) : outcome.result;
    for (const results of [this.totals, this.resultsOf(route)]) {
      results.compared += 1;
      results[result] += 1;
    }
  }

  /** By name. */
  listRoutes(): RouteResults[] {
    return [...this.routes.values()].sort((a, b) => (a.route < b.route ? -1 : 1));
  }

  /** Those without a reason first, then the frequent ones. */
  listDifferences(): DifferenceReport[] {
    const rank = ({ explanation }: DifferenceReport) => (explanation === null ? 0 : 1);
    return [...this.differences.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  }

  private addDifferent(request: MirroredRequest, route: string, outcome: Different): 'explained' | 'unexplained' {
    const reasons = outcome.differences.map((difference) => this.addDifference(request, route, outcome, difference));
    return reasons.includes(null) ? 'unexplained' : 'explained';
  }

  /** @returns its reason */
  private addDifference(
    request: MirroredRequest,
    route: string,
    { requestId }: Different,
    difference: Lasting,
  ): string | null {
    const explanation = this.explain(route, difference);
    // One that moved and one that did not are two, or the harmless one would hide the other.
    const key = `${route} ${keyOf(difference)} ${explanation}`;
    const at = new Date(request.at).toISOString();
    const known = this.differences.get(key) ?? this.begin(key, { route, explanation, at, ...difference });
    if (!known) {
      this.unlisted += 1;
      return explanation;
    }
    known.count += 1;
    known.last_at = at;
    if (known.examples.length < MAX_EXAMPLES) known.examples.push(exampleOf(request, requestId, difference));
    if (known.count === 1) this.onNew(known);
    return explanation;
  }

  private begin(
    key: string,
    { route, kind, pointer, explanation, at }: Lasting & { route: string; explanation: string | null; at: string },
  ): DifferenceReport | undefined {
    if (this.differences.size >= MAX_DIFFERENCES) return undefined;
    const begun = { route, kind, pointer, explanation, count: 0, first_at: at, last_at: at, examples: [] };
    this.differences.set(key, begun);
    return begun;
  }

  private explain(route: string, difference: Lasting): string | null {
    const allowed = allowedBecause(this.allowances, route, difference);
    if (allowed !== undefined) return allowed;
    if (difference.kind === 'added-field') return ADDITION;
    return difference.moving ? MOVING : null;
  }

  private resultsOf(route: string): RouteResults {
    const name = this.routes.has(route) || this.routes.size < MAX_ROUTES ? route : OTHERS;
    const known = this.routes.get(name) ?? { route: name, ...noResults() };
    this.routes.set(name, known);
    return known;
  }
}

function noResults(): Results {
  return { compared: 0, equal: 0, settled: 0, volatile: 0, explained: 0, unexplained: 0 };
}
