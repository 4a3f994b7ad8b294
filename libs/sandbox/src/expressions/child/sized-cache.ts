/**
 * Keeps what was compiled from a text, the least recently used going first. Bounded by the length of the texts, not
 * by their number: a compiled form is some fifty times its text, and one owner's large expressions must not fill the
 * small heap that the next owner's evaluation needs.
 */
export class SizedCache<T> {
  private readonly entries = new Map<string, T>();
  private totalLength = 0;

  constructor(
    private readonly maxTotalLength: number,
    private readonly maxEntryLength: number,
  ) {}

  /** The cached form of `text`, compiled now if need be. What throws is not kept. */
  get(text: string, compile: (text: string) => T): T {
    const known = this.entries.get(text);
    const value = known ?? compile(text);
    if (known !== undefined) this.remove(text);
    if (text.length <= this.maxEntryLength) this.add(text, value);
    return value;
  }

  private add(text: string, value: T): void {
    this.entries.set(text, value);
    this.totalLength += text.length;
    for (const oldest of this.entries.keys()) {
      if (this.totalLength <= this.maxTotalLength) return;
      this.remove(oldest);
    }
  }

  private remove(text: string): void {
    this.entries.delete(text);
    this.totalLength -= text.length;
  }
}
