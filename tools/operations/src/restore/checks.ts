/** One thing that was looked at in a restored database. */
export interface RestoreCheck {
  readonly name: string;
  readonly ok: boolean;
  /** How many of them were looked at. */
  readonly checked: number;
  readonly detail: string;
}

const SHOWN_FAULTS = 3;

/** Collects what is wrong: the first faults in words, and the count of all, however many there are. */
export class Findings {
  private checked = 0;
  private faults = 0;
  private readonly first: string[] = [];

  look(count = 1): void {
    this.checked += count;
  }

  fault(sentence: string): void {
    this.faults += 1;
    if (this.first.length < SHOWN_FAULTS) this.first.push(sentence);
  }

  /** @param detail what is told when nothing is wrong */
  check(name: string, detail: string): RestoreCheck {
    const more = this.faults > this.first.length ? ` (${this.faults} in all)` : '';
    const ok = this.faults === 0;
    return { name, ok, checked: this.checked, detail: ok ? detail : `${this.first.join('; ')}${more}` };
  }
}

/** For people: a line each. */
export function checksTable(checks: readonly RestoreCheck[]): string {
  const lines = checks.map(
    ({ name, ok, checked, detail }) =>
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)}${String(checked).padStart(9)}  ${detail}`,
  );
  return `${lines.join('\n')}\n`;
}
