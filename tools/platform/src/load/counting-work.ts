import type { CounterKind } from './counters';
import { Counting } from './counting';
import { Ledger } from './ledger';
import type { LoadClient } from './load-client';
import { itemsOf } from './lists';
import { workOnOwn } from './own-work';
import type { LoadOutcome, Work } from './work';

/** Creates counters and raises them. */
export class CountingWork implements Work {
  private readonly ledger = new Ledger();
  private readonly counting: Counting;

  constructor(private readonly kind: CounterKind) {
    this.counting = new Counting(everyOtherUnkeyed(kind), this.ledger, false);
  }

  run(client: LoadClient, goesOn: () => boolean): Promise<void> {
    return workOnOwn(client, this.counting, goesOn);
  }

  async outcome(reader: LoadClient): Promise<LoadOutcome> {
    const lost = await this.ledger.discrepancies((path) => this.counting.count(reader, path));
    return { writes: this.ledger.writes, executions: 0, lost, doubled: await this.doubled(reader), unfinished: [] };
  }

  /** Each creation gave its object a name of its own: one that is there twice was created twice. */
  private async doubled(reader: LoadClient): Promise<string[]> {
    const items = await itemsOf(reader, this.kind.collection);
    const marks = Map.groupBy(items, (item) => this.kind.markOf(item));
    return [...marks].flatMap(([mark, { length }]) => (length > 1 ? [`${mark} is there ${length} times`] : []));
  }
}

/** Every other creation leaves it to the router to make a key. */
function everyOtherUnkeyed(kind: CounterKind): CounterKind {
  let creations = 0;
  return {
    ...kind,
    creation: (key) => {
      creations += 1;
      const creation = kind.creation(key);
      return creations % 2 === 0 ? creation : { ...creation, headers: {} };
    },
  };
}
