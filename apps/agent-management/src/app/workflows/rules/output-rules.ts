import { type FieldError, pointerInto } from '@aitbc/shared-core';
import type { JsonObject } from '@aitbc/shared-domain';
import { MAX_MAPPING_KEYS } from '../workflow-limits';

/** `outputs` maps each key of the result to an expression. */
export function outputProblems(outputs: JsonObject): FieldError[] {
  const entries = Object.entries(outputs);
  if (entries.length > MAX_MAPPING_KEYS) {
    return [{ pointer: '/outputs', message: `must have at most ${MAX_MAPPING_KEYS} keys` }];
  }
  return entries
    .filter(([, value]) => typeof value !== 'string')
    .map(([key]) => ({
      pointer: pointerInto('/outputs', key),
      message: 'must be a JSONata expression',
    }));
}
