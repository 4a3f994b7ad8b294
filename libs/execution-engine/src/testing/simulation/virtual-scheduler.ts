interface Entry {
  readonly time: number;
  readonly sequence: number;
  work: (() => void) | undefined;
}

/** Every run begins here: 2026-01-01T00:00:00Z, so that times in traces look like times. */
const START = 1_767_225_600_000;

/** Taken before a run forbids timers: see `forbidden-sources.ts`. */
const nextMacrotask = globalThis.setImmediate;

/**
 * Time that passes only from event to event, ordered by (time, sequence). Between two events everything that promises
 * still have to do is done, so that a run does not depend on how fast the machine is.
 */
export class VirtualScheduler {
  readonly start = START;
  private time = START;
  private sequence = 0;
  /** A binary heap: the earliest entry is the first. */
  private readonly heap: Entry[] = [];

  get now(): number {
    return this.time;
  }

  /** Calls `work` at `time` (ms), or now if that has passed; gives a function that calls it off. */
  at(time: number, work: () => void): () => void {
    const entry: Entry = { time: Math.max(time, this.time), sequence: (this.sequence += 1), work };
    this.push(entry);
    return () => (entry.work = undefined);
  }

  after(delayMs: number, work: () => void): () => void {
    return this.at(this.time + delayMs, work);
  }

  /** Runs events until `done`, until nothing is left to happen, or until `limit` (ms); gives whether it is done. */
  async runUntil(done: () => boolean, limit: number): Promise<boolean> {
    while (!done()) {
      const entry = this.pop();
      if (!entry || entry.time > limit) return false;
      if (!entry.work) continue;
      this.time = entry.time;
      entry.work();
      await settled();
    }
    return true;
  }

  private push(entry: Entry): void {
    let index = this.heap.length;
    this.heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.heap[parent];
      if (!above || isBefore(above, entry)) break;
      this.heap[index] = above;
      index = parent;
    }
    this.heap[index] = entry;
  }

  private pop(): Entry | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last || first === last) return first;
    let index = 0;
    for (;;) {
      const child = this.smallerChild(index);
      const below = this.heap[child];
      if (!below || isBefore(last, below)) break;
      this.heap[index] = below;
      index = child;
    }
    this.heap[index] = last;
    return first;
  }

  private smallerChild(index: number): number {
    const [left, right] = [this.heap[2 * index + 1], this.heap[2 * index + 2]];
    return left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

/** A macrotask comes after every microtask that the event has caused, directly or not. */
function settled(): Promise<void> {
  return new Promise((resolve) => nextMacrotask(resolve));
}
