import { deferred } from '../deferred';
import { SandboxError } from '../sandbox-error';
import type { ItemReply } from './protocol';

/** What one item of a request gave. */
export type ItemOutcome<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SandboxError };

/** Why an item ended without a reply: it was killed at its limit, or took the child with it. */
export type ItemLoss = 'timeout' | 'crash';

export interface TaskSpec {
  /** The prefix of the codes of its failures. */
  readonly kind: 'expression' | 'schema';
  readonly items: number;
  /** For each item. */
  readonly timeoutMs: number;
  /** For all items together. */
  readonly budgetMs: number;
  /** The request line for the items from index `from` on; `outputBytes` have been used up by those before. */
  request(from: number, outputBytes: number): string;
}

/**
 * One request on its way through the pool. It remembers which items are done, so that after the loss of a child only
 * the rest is asked again: expressions are pure, and asking twice does no harm.
 */
export class Task {
  private readonly result = deferred<ItemOutcome[]>();
  private readonly done: ItemOutcome[] = [];
  private spentMs = 0;
  private outputLength = 0;
  private lastRequestLength = 0;
  private open = true;

  constructor(private readonly spec: TaskSpec) {}

  /** One outcome for each item, in order. */
  get outcomes(): Promise<ItemOutcome[]> {
    return this.result.promise;
  }

  /** Whether anybody still waits for it. */
  get isOpen(): boolean {
    return this.open;
  }

  /** Index of the item that is evaluated now. */
  get current(): number {
    return this.done.length;
  }

  get isComplete(): boolean {
    return this.done.length >= this.spec.items;
  }

  /** How long the current item may take, in milliseconds. */
  get limitMs(): number {
    return Math.max(1, Math.min(this.spec.timeoutMs, this.spec.budgetMs - this.spentMs));
  }

  /** Length of the last request line made for it. */
  get requestLength(): number {
    return this.lastRequestLength;
  }

  request(): string {
    const line = this.spec.request(this.done.length, this.outputLength);
    this.lastRequestLength = line.length;
    return line;
  }

  /** Takes the reply to the current item; `length` is that of its line. */
  answer(reply: ItemReply, length: number, elapsedMs: number): void {
    this.outputLength += length;
    const { error } = reply;
    this.finishItem(
      error === undefined
        ? { ok: true, value: reply.ok }
        : { ok: false, error: new SandboxError(error.code, error.message, error.position) },
      elapsedMs,
    );
  }

  /** Fails the current item; and, when the time of the whole request is used up, those behind it too. */
  lose(loss: ItemLoss, elapsedMs: number): void {
    this.finishItem({ ok: false, error: this.lossError(loss) }, elapsedMs);
    if (this.spentMs < this.spec.budgetMs) return;
    const message = `the time for all of them together, ${this.spec.budgetMs} ms, was used up before this one`;
    while (!this.isComplete) {
      this.finishItem({ ok: false, error: new SandboxError(`${this.spec.kind}_timeout`, message) }, 0);
    }
  }

  /** Ends it as a whole: aborted by the caller, or the pool closes. Replies that still come are ignored. */
  reject(reason: unknown): void {
    this.open = false;
    this.result.reject(reason);
  }

  private finishItem(outcome: ItemOutcome, elapsedMs: number): void {
    this.spentMs += elapsedMs;
    this.done.push(outcome);
    if (!this.isComplete) return;
    this.open = false;
    this.result.resolve(this.done);
  }

  private lossError(loss: ItemLoss): SandboxError {
    const { kind } = this.spec;
    return loss === 'timeout'
      ? new SandboxError(`${kind}_timeout`, `it was stopped after ${Math.round(this.limitMs)} ms`)
      : new SandboxError(`${kind}_resource_limit`, 'it used more memory than its process has');
  }
}
