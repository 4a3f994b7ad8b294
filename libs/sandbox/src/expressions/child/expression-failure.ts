import { SandboxErrorCode, sanitiseMessage } from '../../sandbox-error';
import type { ItemFailure } from '../protocol';

/** JSONata's codes for its own guards: stack depth, size of a range, length of a sequence, and time. */
const GUARD_CODES: Readonly<Record<string, SandboxErrorCode>> = {
  D1011: 'expression_resource_limit',
  D2014: 'expression_resource_limit',
  D2015: 'expression_resource_limit',
  D1012: 'expression_timeout',
};

/** Describes whatever JSONata threw: its own errors are plain objects with a code, the rest are errors of the host. */
export function expressionFailure(thrown: unknown): ItemFailure {
  const { code, message, position } = (thrown ?? {}) as { code?: unknown; message?: unknown; position?: unknown };
  // "Maximum call stack size exceeded", "Invalid string length", "Invalid array length"
  if (thrown instanceof RangeError) return { code: 'expression_resource_limit', message: sanitiseMessage(message) };
  return {
    code: (typeof code === 'string' && GUARD_CODES[code]) || 'expression_failed',
    message: sanitiseMessage(message),
    ...(typeof position === 'number' ? { position } : {}),
  };
}
