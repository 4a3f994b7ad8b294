import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { plainPath } from './plain-path';

/** What an expression gives; `undefined` inside: it selects nothing. */
interface Found {
  readonly value: JsonValue | undefined;
}

/** Longer ones are seldom plain, and not worth the look. */
const LONGEST = 500;
const NUMBER = /(?:0|[1-9]\d*)(?:\.\d+)?(?![\w.])/y;
const PATH = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const KEY = /'([A-Za-z][\w -]*)'|"([A-Za-z][\w -]*)"/y;
const SPACE = /\s*/y;

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/**
 * Evaluates the JSONata that needs no JSONata here: paths, whole and decimal numbers, the four operations on them, and
 * objects of such values (`{'total': price * n}`). The trip to a child process takes a hundred times as long. Only where
 * JSONata's answer is beyond doubt: numbers that are there, results that are finite, no array anywhere, which JSONata
 * would map over.
 *
 *     expression = object | sum
 *     object     = "{" key ":" expression { "," key ":" expression } "}"
 *     sum        = product { ("+" | "-") product }
 *     product    = atom { ("*" | "/") atom }
 *     atom       = number | path
 *
 * @returns `undefined` when the expression is to be evaluated by JSONata
 */
export function plainExpression(expression: string, root: JsonValue): Found | undefined {
  if (expression.length > LONGEST || typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  return new PlainReader(expression, root).whole();
}

/** Reads and evaluates in one pass. Each method gives `undefined` when what stands there is not plain. */
class PlainReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly root: JsonObject,
  ) {}

  whole(): Found | undefined {
    const found = this.expression();
    this.match(SPACE);
    return this.at === this.text.length ? found : undefined;
  }

  private expression(): Found | undefined {
    return this.takes('{') ? this.object() : this.sum();
  }

  /** After its brace. */
  private object(): Found | undefined {
    const members = new Map<string, JsonValue>();
    const keys = new Set<string>();
    do {
      this.match(SPACE);
      const key = this.match(KEY)?.slice(1).find(Boolean);
      if (key === undefined || keys.has(key) || !this.takes(':')) return undefined;
      keys.add(key);
      const found = this.expression();
      if (!found) return undefined;
      // A member that selects nothing is left out.
      if (found.value !== undefined) members.set(key, found.value);
    } while (this.takes(','));
    return this.takes('}') ? { value: Object.fromEntries(members) } : undefined;
  }

  private sum(): Found | undefined {
    return this.operations(['+', '-'], () => this.operations(['*', '/'], () => this.atom()));
  }

  /** Operators of one precedence, from the left. */
  private operations(operators: readonly string[], operand: () => Found | undefined): Found | undefined {
    let left = operand();
    for (;;) {
      const operator = left && operators.find((one) => this.takes(one));
      const operation = operator === undefined ? undefined : OPERATIONS[operator];
      if (!operation) return left;
      const right = operand();
      if (typeof left?.value !== 'number' || typeof right?.value !== 'number') return undefined;
      const value = operation(left.value, right.value);
      if (!Number.isFinite(value)) return undefined;
      left = { value };
    }
  }

  private atom(): Found | undefined {
    this.match(SPACE);
    const number = this.match(NUMBER)?.[0];
    if (number !== undefined) return { value: Number(number) };
    const path = this.match(PATH)?.[0];
    return path === undefined ? undefined : plainPath(path, this.root);
  }

  private takes(character: string): boolean {
    this.match(SPACE);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }
}
