import { SandboxError } from '../sandbox-error';
import type { EvaluateRequest, ParseRequest, PathsRequest, ValidateRequest } from './protocol';
import { Task, TaskSpec } from './task';

/** What an expression sees: `$` is `root`, and each binding `x` is `$x`. Both must be JSON. */
export interface EvaluationContext {
  readonly root: unknown;
  readonly bindings?: Readonly<Record<string, unknown>>;
}

export interface PoolLimits {
  readonly timeoutMs: number;
  readonly batchTimeoutMs: number;
  readonly maxInputBytes: number;
  readonly maxOutputBytes: number;
}

/** JSONata stops most endless loops by itself; leaving it this part of the time saves most kills. */
const SOFT_SHARE = 0.8;

/** @throws SandboxError `expression_*` when the input is too large or no JSON. */
export function evaluateTask(expressions: readonly string[], context: EvaluationContext, limits: PoolLimits): Task {
  // The context is by far the largest part, and is made into text once, not again for each retry.
  const contextJson = toJson('expression', { root: context.root, bindings: context.bindings }).slice(1, -1);
  const requestFrom = (from: number, outputBytes: number): string => {
    const rest = JSON.stringify({
      op: 'evaluate',
      expressions: expressions.slice(from),
      softTimeoutMs: Math.ceil(limits.timeoutMs * SOFT_SHARE),
      maxOutputBytes: Math.max(0, limits.maxOutputBytes - outputBytes),
    } satisfies EvaluateRequest);
    return contextJson === '' ? rest : `${rest.slice(0, -1)},${contextJson}}`;
  };
  // It is measured below and then sent, and mostly that is all.
  const whole = requestFrom(0, 0);
  const spec: TaskSpec = {
    kind: 'expression',
    items: expressions.length,
    timeoutMs: limits.timeoutMs,
    budgetMs: Math.max(limits.timeoutMs, expressions.length > 1 ? limits.batchTimeoutMs : 0),
    request: (from, outputBytes) => (from === 0 && outputBytes === 0 ? whole : requestFrom(from, outputBytes)),
  };
  requireSize(spec, limits);
  return new Task(spec);
}

/** @throws SandboxError `expression_resource_limit` when the expression is too large. */
export function syntaxTask(op: 'parse' | 'paths', expression: string, limits: PoolLimits): Task {
  const line = toJson('expression', { op, expression } satisfies ParseRequest | PathsRequest);
  return singleTask('expression', line, limits);
}

/** @throws SandboxError `schema_*` when schema or value are too large or no JSON. */
export function validateTask(schema: unknown, value: unknown, limits: PoolLimits): Task {
  const line = toJson('schema', { op: 'validate', schema, value } satisfies ValidateRequest);
  return singleTask('schema', line, limits);
}

function singleTask(kind: TaskSpec['kind'], line: string, limits: PoolLimits): Task {
  const spec: TaskSpec = {
    kind,
    items: 1,
    timeoutMs: limits.timeoutMs,
    budgetMs: limits.timeoutMs,
    request: () => line,
  };
  requireSize(spec, limits);
  return new Task(spec);
}

function toJson(kind: TaskSpec['kind'], message: object): string {
  try {
    return JSON.stringify(message);
  } catch {
    throw new SandboxError(kind === 'schema' ? 'schema_invalid' : 'expression_failed', 'the input is not JSON');
  }
}

function requireSize(spec: TaskSpec, limits: PoolLimits): void {
  const bytes = Buffer.byteLength(spec.request(0, 0));
  if (bytes <= limits.maxInputBytes) return;
  const message = `the input has ${bytes} bytes, ${limits.maxInputBytes} are allowed`;
  throw new SandboxError(`${spec.kind}_resource_limit`, message);
}
