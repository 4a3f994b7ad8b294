import { type Cell, FAULT_KINDS, type FaultKind, POSSIBLE_CELLS } from './fault-kinds';
import { TRANSITION_TYPES, type TransitionType } from './transitions-of';

/** How often each transition met each fault. */
export class Coverage {
  private readonly counts = new Map<string, number>();

  count(transition: TransitionType, fault: FaultKind): void {
    const key = `${transition}|${fault}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  add(other: Coverage): void {
    for (const [key, count] of other.counts) this.counts.set(key, (this.counts.get(key) ?? 0) + count);
  }

  of({ transition, fault }: Cell): number {
    return this.counts.get(`${transition}|${fault}`) ?? 0;
  }

  /** Cells that can be reached and were reached less often than `bar`. */
  below(bar: number): string[] {
    return POSSIBLE_CELLS.filter((cell) => this.of(cell) < bar).map(
      (cell) => `${cell.transition} under ${cell.fault}: ${this.of(cell)}`,
    );
  }

  /** A table in text: a line for each transition, a column for each fault; `-` where the two cannot meet. */
  table(): string {
    const possible = new Set(POSSIBLE_CELLS.map(({ transition, fault }) => `${transition}|${fault}`));
    const cell = (transition: TransitionType, fault: FaultKind) =>
      possible.has(`${transition}|${fault}`) ? String(this.of({ transition, fault })) : '-';
    const columns = FAULT_KINDS.map((fault) => ({ fault, width: Math.max(fault.length, 6) }));
    const line = (name: string, cells: (fault: FaultKind) => string) =>
      [name.padEnd(20), ...columns.map(({ fault, width }) => cells(fault).padStart(width))].join(' ');
    return [
      line('', (fault) => fault),
      ...TRANSITION_TYPES.map((transition) => line(transition, (fault) => cell(transition, fault))),
    ].join('\n');
  }
}
