import { ReceiptCheck } from './receipt.types';

/** Collects what verification looked at. A check that throws has failed, with the reason as its detail. */
export class Checks {
  readonly all: ReceiptCheck[] = [];

  /** Runs one check: it passes by giving its detail, and fails by throwing. */
  run(name: string, check: () => string): void {
    this.read(name, check, (detail) => detail);
  }

  /** Runs a check that gives a value for the checks after it; `undefined` when it failed. */
  read<T>(name: string, read: () => T, detailOf: (value: T) => string): T | undefined {
    try {
      const value = read();
      this.all.push({ name, ok: true, detail: detailOf(value) });
      return value;
    } catch (error) {
      this.refuse(name, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Adds a check that has failed. */
  refuse(name: string, detail: string): void {
    this.all.push({ name, ok: false, detail });
  }

  get valid(): boolean {
    return this.all.length > 0 && this.all.every(({ ok }) => ok);
  }
}

/** Fails the check that is running. */
export function ensure(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason);
}
