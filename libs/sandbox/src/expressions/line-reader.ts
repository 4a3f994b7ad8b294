/** Cuts a stream of text chunks into lines. A line may span many chunks; each chunk is scanned once. */
export class LineReader {
  private parts: string[] = [];
  private length = 0;

  /** @param maxLineLength in characters; what the other side can make us hold. */
  constructor(private readonly maxLineLength: number) {}

  /**
   * The lines that this chunk completes.
   * @throws RangeError when a line grows over the limit; the reader is of no use afterwards.
   */
  push(chunk: string): string[] {
    const pieces = chunk.split('\n');
    const rest = pieces.pop() ?? '';
    const lines = pieces.map((piece) => this.complete(piece));
    this.hold(rest);
    return lines;
  }

  private complete(piece: string): string {
    this.hold(piece);
    const line = this.parts.join('');
    this.parts = [];
    this.length = 0;
    return line;
  }

  private hold(piece: string): void {
    this.length += piece.length;
    if (this.length > this.maxLineLength)
      throw new RangeError(`a line is longer than ${this.maxLineLength} characters`);
    this.parts.push(piece);
  }
}
