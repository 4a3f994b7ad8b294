import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { sanitiseMessage } from '../sandbox-error';
import type { CodeErrorCode, CodeFailure } from './protocol';

/** The name under which the user's module appears in stack traces. */
export const MODULE_NAME = 'code.js';
/** What the interpreter throws at its limits. Code that throws the same by itself only mislabels its own failure. */
const EXHAUSTED = /^(InternalError: (out of memory|stack overflow|string too long)|RangeError: BigInt is too large)/;
const MAX_TEXT_LENGTH = 100_000;

/** Ends a run with a failure that is already described. */
export class GuestFailure extends Error {
  constructor(readonly failure: CodeFailure) {
    super(failure.message);
  }
}

/**
 * Describes what the user's code threw, which may be any value, with getters that throw or never end. Only strings of
 * bounded length are copied out of the guest.
 * @param code for an ordinary exception; exhausted memory and stack are told from it here.
 */
export function describeThrown(context: QuickJSContext, thrown: QuickJSHandle, code: CodeErrorCode): CodeFailure {
  const name = textProperty(context, thrown, 'name');
  const message =
    textProperty(context, thrown, 'message') ?? text(context, thrown) ?? 'something that is no Error was thrown';
  const line = lineOf(textProperty(context, thrown, 'stack'));
  const exhausted = EXHAUSTED.test(`${name}: ${message}`);
  return {
    code: exhausted ? 'code_resource_limit' : code,
    message: sanitiseMessage(name === undefined ? message : `${name}: ${message}`),
    ...(line === undefined ? {} : { line }),
  };
}

function textProperty(context: QuickJSContext, owner: QuickJSHandle, name: string): string | undefined {
  if (context.typeof(owner) !== 'object') return undefined;
  try {
    return text(context, context.getProp(owner, name));
  } catch {
    return undefined; // null, or a getter that threw
  }
}

/** A primitive as text, if it is short enough to be worth reading. */
function text(context: QuickJSContext, handle: QuickJSHandle): string | undefined {
  switch (context.typeof(handle)) {
    case 'string':
      return lengthOf(context, handle) <= MAX_TEXT_LENGTH ? context.getString(handle) : undefined;
    case 'number':
      return String(context.getNumber(handle));
    default:
      return undefined;
  }
}

/** In UTF-16 code units; asked before a string is copied out of the guest. */
export function lengthOf(context: QuickJSContext, string: QuickJSHandle): number {
  return context.getNumber(context.getProp(string, 'length'));
}

/** The innermost line of the user's module in a stack trace. */
function lineOf(stack: string | undefined): number | undefined {
  const match = stack?.match(/\bcode\.js:(\d+)/);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
