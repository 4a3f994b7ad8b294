import { fullTests } from '@aitbc/shared-core/testing';
import type { TestBed } from '../testing/test-bed';

/** Kills at random instants. */
export const INSTANTS = fullTests ? 100 : 10;
/** Each comes within this time after the process has begun to listen: long enough that work is done between kills. */
export const WITHIN_MS = 2_500;

/** At which of the first times that a point is reached the process dies. */
export function someTimes(): number {
  return 1 + Math.floor(Math.random() * 3);
}

/** The debug points that the built service knows: it names them when it is given another, so none is forgotten. */
export async function debugPoints(bed: TestBed): Promise<string[]> {
  const { process } = bed.launch('agent-management', { DEBUG_KILL_AT: '?' });
  const [, names] = /with one of ([a-z_, ]+)\./.exec(await process.end) ?? [];
  if (names === undefined) throw new Error('agent-management names no debug points');
  return names.split(', ');
}
