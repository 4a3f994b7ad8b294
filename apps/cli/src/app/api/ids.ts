import { randomUUID } from 'node:crypto';
import { CliError, EXIT } from '../errors';

/**
 * An id for a path. In it whatever the id holds is encoded; what encoding leaves as it is could still lead elsewhere.
 * @throws CliError for what would lead to another path, as an empty variable of a script would to the whole list.
 */
export function segment(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new CliError(`'${id}' is no id.`, EXIT.usage);
  return id;
}

/** For what is created: one key for all tries of a call, so that the platform makes one thing of them. */
export function onceOnly() {
  return { 'Idempotency-Key': randomUUID() };
}
