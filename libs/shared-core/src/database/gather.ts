import { setImmediate as nextTurn } from 'node:timers/promises';

const TURNS = 4;

/**
 * Some turns of the event loop, before what runs at once is put together. Such a transaction is so short that on a busy
 * loop the next one would begin before most of those who wait for the last have said what they want: many small ones,
 * each with its own disk sync and index pages. On an idle loop the turns take microseconds.
 */
export async function gather(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
}
