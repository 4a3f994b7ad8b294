import { pointerInto } from '@aitbc/shared-core';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** `exec_01a20901-…`, or the UUID alone. */
const ID = new RegExp(`^([a-z]+_)*${UUID}$`, 'i');
/** Objects whose keys are the ids that the author of a workflow gave its steps. */
const KEYED_BY_STEP = /\/(step_states|steps|dependencies)$/;

export function isId(text: string): boolean {
  return ID.test(text);
}

/** `base` with one more key, or with `*` where the key is an id: one field is one place, whatever it belongs to. */
export function patternInto(base: string, key: string): string {
  return isId(key) || KEYED_BY_STEP.test(base) ? `${base}/*` : pointerInto(base, key);
}
