import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { lengthOf } from './guest-failure';

const MAX_LINES = 100;
const MAX_LINE_LENGTH = 1_000;

/**
 * Gives the guest a `console` whose lines are collected, and returns the list that they are collected in: at most 100
 * lines of 1,000 characters, and one that says so when there were more.
 * @param stringify the guest's original `JSON.stringify`, which the user's code cannot have replaced.
 */
export function installConsole(context: QuickJSContext, stringify: QuickJSHandle): readonly string[] {
  const lines: string[] = [];
  const write = context.newFunction('log', (...values) => {
    if (lines.length < MAX_LINES) lines.push(clip(values.map((value) => show(context, stringify, value)).join(' ')));
    else if (lines.length === MAX_LINES) lines.push('… more lines were dropped');
  });
  const console = context.newObject();
  for (const method of ['log', 'info', 'warn', 'error', 'debug']) context.setProp(console, method, write);
  context.setProp(context.global, 'console', console);
  return lines;
}

/** Strings as they are, all else as JSON. Objects may have a `toJSON` that throws: a log line is not worth failing for. */
function show(context: QuickJSContext, stringify: QuickJSHandle, value: QuickJSHandle): string {
  if (context.typeof(value) === 'string') return copy(context, value);
  if (context.typeof(value) !== 'object') return String(context.dump(value));
  const result = context.callFunction(stringify, context.undefined, value);
  if (result.error !== undefined) return '[object]';
  return context.typeof(result.value) === 'string' ? copy(context, result.value) : '[object]';
}

function copy(context: QuickJSContext, string: QuickJSHandle): string {
  const length = lengthOf(context, string);
  return length <= 10 * MAX_LINE_LENGTH ? context.getString(string) : `[text of ${length} characters]`;
}

function clip(line: string): string {
  return line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH)}…`;
}
