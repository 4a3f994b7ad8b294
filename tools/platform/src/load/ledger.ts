/** What the platform has acknowledged about counters (by path), to be compared with what it holds in the end. */
export class Ledger {
  private readonly raises = new Map<string, number[]>();
  private readonly open = new Map<string, number>();

  /** Acknowledged writes. */
  writes = 0;

  created(path: string): void {
    this.raises.set(path, this.raises.get(path) ?? []);
    this.writes += 1;
  }

  raised(path: string, to: number): void {
    this.raises.get(path)?.push(to);
    this.writes += 1;
  }

  /** How often each counter was raised, as far as it was acknowledged. */
  acknowledged(): ReadonlyMap<string, number> {
    return new Map([...this.raises].map(([path, values]) => [path, values.length]));
  }

  /** A raise may have been done or not: there was no answer, or a bad one. */
  unanswered(path: string): void {
    this.open.set(path, (this.open.get(path) ?? 0) + 1);
  }

  /**
   * What is wrong with the counters now, one sentence for each; none when every acknowledged write is there.
   * @param countAt gives the number that stands at a path, `undefined` when there is nothing.
   */
  async discrepancies(countAt: (path: string) => Promise<number | undefined>): Promise<string[]> {
    const found: string[] = [];
    for (const [path, values] of this.raises) {
      const count = await countAt(path);
      if (count === undefined) found.push(`${path} was created, and is not there`);
      // Two clients were told that they had raised it to the same number: one of the updates is lost.
      else if (new Set(values).size < values.length) found.push(`${path} was raised to the same number twice`);
      else if (count < values.length) found.push(`${path} was raised ${values.length} times, and is ${count}`);
      else if (count > values.length + (this.open.get(path) ?? 0))
        found.push(`${path} is ${count}, and ${values.length} raises were acknowledged`);
    }
    return found;
  }
}
