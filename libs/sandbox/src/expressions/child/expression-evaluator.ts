import jsonata from 'jsonata';
import { MAX_JSON_DEPTH } from '../../json/json-depth';
import type { ExpressionProblem, ItemReply } from '../protocol';
import { expressionFailure } from './expression-failure';
import { pathsOf } from './paths-of';
import { NotPlainJson, requirePlainJson } from './plain-json';
import { SizedCache } from './sized-cache';

/** Nested evaluations; a non-tail-recursive function uses about four for each call. */
const MAX_STACK = 5_000;
/** Entries of one sequence. */
const MAX_SEQUENCE = 1_000_000;

/** What an evaluation gave: a reply that is ready to send, and the bytes of its result. */
export interface EvaluatedItem {
  readonly line: string;
  readonly bytes: number;
}

/** Evaluates JSONata in this process, one expression at a time. Nothing here survives a bomb: the process is the wall. */
export class ExpressionEvaluator {
  /** JSONata reads its limits at each step, so that one object, shared by all compiled expressions, can change them. */
  private readonly guard = { timeout: 0, stack: MAX_STACK, sequence: MAX_SEQUENCE };
  private readonly compiled = new SizedCache<jsonata.Expression>(256 * 1024, 4 * 1024);

  /** Evaluates one expression; never throws. */
  async evaluate(
    expression: string,
    context: { readonly root?: unknown; readonly bindings?: Readonly<Record<string, unknown>> },
    limits: { readonly softTimeoutMs: number; readonly maxOutputBytes: number },
  ): Promise<EvaluatedItem> {
    try {
      this.guard.timeout = limits.softTimeoutMs;
      const result: unknown = await this.compile(expression).evaluate(context.root, { ...context.bindings });
      return encode(result, limits.maxOutputBytes);
    } catch (thrown) {
      return failed({ error: expressionFailure(thrown) });
    }
  }

  /** The syntax error of an expression, if it has one. */
  parse(expression: string): ExpressionProblem | undefined {
    try {
      this.compile(expression);
      return undefined;
    } catch (thrown) {
      const { message, position } = expressionFailure(thrown);
      return { message, ...(position === undefined ? {} : { position }) };
    }
  }

  /** See `pathsOf`; none of an expression that does not parse. */
  paths(expression: string): string[][] {
    try {
      return pathsOf(this.compile(expression).ast());
    } catch {
      return [];
    }
  }

  private compile(expression: string): jsonata.Expression {
    return this.compiled.get(expression, (text) => jsonata(text, this.guard));
  }
}

function encode(result: unknown, maxOutputBytes: number): EvaluatedItem {
  try {
    requirePlainJson(result, MAX_JSON_DEPTH);
  } catch (thrown) {
    if (!(thrown instanceof NotPlainJson)) throw thrown;
    return failed({ error: { code: 'expression_failed', message: thrown.message } });
  }
  const json = JSON.stringify(result) as string | undefined;
  if (json === undefined) return { line: '{}', bytes: 0 };
  const bytes = Buffer.byteLength(json);
  if (bytes <= maxOutputBytes) return { line: `{"ok":${json}}`, bytes };
  const message = `the result is larger than the ${maxOutputBytes} bytes that are left for it`;
  return failed({ error: { code: 'expression_resource_limit', message } });
}

function failed(reply: ItemReply): EvaluatedItem {
  return { line: JSON.stringify(reply), bytes: 0 };
}
