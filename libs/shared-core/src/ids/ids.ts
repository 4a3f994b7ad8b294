import { v7 as uuidv7 } from 'uuid';

/** Prefixes of the platform's ids; the prefix tells a reader what an id names. */
export type IdPrefix =
  | 'agent'
  | 'audit'
  | 'exec'
  | 'job'
  | 'key'
  | 'miner'
  | 'net'
  | 'offer'
  | 'policy'
  | 'req'
  | 'rcpt'
  | 'sess'
  | 'sig'
  | 'step_exec'
  | 'wf'
  | 'wh'
  | 'whd';

/** A new opaque id: the prefix, `_`, and a time-ordered UUID (RFC 9562, version 7), so that ids sort by creation. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${uuidv7()}`;
}
