import { childEntry } from '@aitbc/shared-core';
import { SandboxError } from '../sandbox-error';
import { LaneSet } from './lane-set';
import type { ExpressionProblem, SchemaVerdict } from './protocol';
import { evaluateTask, EvaluationContext, syntaxTask, validateTask, PoolLimits } from './requests';
import { ItemOutcome, Task } from './task';

export interface ExpressionPoolOptions {
  /** Children that evaluate (default 2). One more is kept warm to take the place of one that is killed. */
  readonly size?: number;
  /** Heap of each child in MiB (default 64). */
  readonly memoryMb?: number;
  /** Time for one expression in milliseconds (default 250). */
  readonly timeoutMs?: number;
  /** Time for all expressions of one call in milliseconds (default: twice `timeoutMs`). */
  readonly batchTimeoutMs?: number;
  /** Size of the context with the expressions, as UTF-8 JSON (default 4 MiB). */
  readonly maxInputBytes?: number;
  /** Size of the results of one call together, as UTF-8 JSON (default 1 MiB). */
  readonly maxOutputBytes?: number;
}

export interface EvaluationOptions {
  /** Rejects the call with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Instead of the pool's, in milliseconds for one expression; the time of a batch grows in proportion. */
  readonly timeoutMs?: number;
}

/**
 * Evaluates users' JSONata expressions and JSON Schemas in child processes. Whatever an expression does, only it
 * fails; at its limit its child is killed, and the requests behind it are asked of another one.
 */
export class ExpressionPool {
  private readonly limits: PoolLimits;
  private readonly lanes: LaneSet;

  constructor(options: ExpressionPoolOptions = {}) {
    const timeoutMs = options.timeoutMs ?? 250;
    this.limits = {
      timeoutMs,
      batchTimeoutMs: options.batchTimeoutMs ?? 2 * timeoutMs,
      maxInputBytes: options.maxInputBytes ?? 4 * 1024 * 1024,
      maxOutputBytes: options.maxOutputBytes ?? 1024 * 1024,
    };
    this.lanes = new LaneSet(options.size ?? 2, {
      entry: childEntry(__dirname, 'expression-child'),
      memoryMb: options.memoryMb ?? 64,
      maxReplyLength: this.limits.maxOutputBytes + 64 * 1024,
    });
  }

  /** Process ids of the living children, the spare one included. */
  get childPids(): number[] {
    return this.lanes.pids;
  }

  /**
   * The result of one expression as plain JSON; `undefined` is JSONata's "nothing".
   * @throws SandboxError `expression_failed` (with JSONata's message and position), `expression_timeout`,
   *   `expression_resource_limit`, or `sandbox_*`.
   */
  async evaluate(expression: string, context: EvaluationContext, options: EvaluationOptions = {}): Promise<unknown> {
    return only(await this.evaluateAll([expression], context, options));
  }

  /**
   * Evaluates expressions over one context in one round trip. Each has its own outcome, in order, and its own time
   * limit; after the limit of the whole call the rest is `expression_timeout`.
   * @throws SandboxError only for what concerns all of them: the context is too large or no JSON, or `sandbox_*`.
   */
  async evaluateAll(
    expressions: readonly string[],
    context: EvaluationContext,
    options: EvaluationOptions = {},
  ): Promise<ItemOutcome[]> {
    if (expressions.length === 0) return [];
    return this.run(evaluateTask(expressions, context, this.limitsFor(options)), options.signal);
  }

  /** The syntax error of an expression, or `undefined` when it has none. */
  async parse(expression: string, options: EvaluationOptions = {}): Promise<ExpressionProblem | undefined> {
    const task = syntaxTask('parse', expression, this.limitsFor(options));
    return only(await this.run(task, options.signal)) as ExpressionProblem | undefined;
  }

  /**
   * The paths that an expression reads from its root (`['steps', 'a']`) and from variables that it does not bind itself
   * (`['$steps', 'a']`), as far as their names are written in it; none of one that does not parse.
   */
  async paths(expression: string, options: EvaluationOptions = {}): Promise<string[][]> {
    const task = syntaxTask('paths', expression, this.limitsFor(options));
    return only(await this.run(task, options.signal)) as string[][];
  }

  /**
   * Checks a value against a JSON Schema (2020-12, with formats). `$ref` reaches inside the schema only.
   * @throws SandboxError `schema_invalid`, `schema_timeout`, `schema_resource_limit`, or `sandbox_*`.
   */
  async validateSchema(schema: unknown, value: unknown, options: EvaluationOptions = {}): Promise<SchemaVerdict> {
    const task = validateTask(schema, value, this.limitsFor(options));
    return only(await this.run(task, options.signal)) as SchemaVerdict;
  }

  /** Ends the children. Calls that are still waiting are rejected with `sandbox_closed`. */
  async close(): Promise<void> {
    await this.lanes.close();
  }

  private async run(task: Task, signal: AbortSignal | undefined): Promise<ItemOutcome[]> {
    signal?.throwIfAborted();
    const abort = () => task.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.lanes.submit(task);
      return await task.outcomes;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  private limitsFor({ timeoutMs }: EvaluationOptions): PoolLimits {
    if (timeoutMs === undefined) return this.limits;
    const batchTimeoutMs = (this.limits.batchTimeoutMs / this.limits.timeoutMs) * timeoutMs;
    return { ...this.limits, timeoutMs, batchTimeoutMs };
  }
}

function only(outcomes: readonly ItemOutcome[]): unknown {
  const outcome = outcomes[0];
  if (outcome === undefined) throw new SandboxError('sandbox_unavailable', 'the evaluator gave no outcome');
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}
