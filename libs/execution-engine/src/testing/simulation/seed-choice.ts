import { fullTests } from '@aitbc/shared-core/testing';

/** How many seeds a run takes: 3,000 with `TEST_FULL=1`. */
export const SEEDS = fullTests ? 3_000 : 200;

/** `SIM_SEED`: only this seed, with its trace. */
export function chosenSeed(): number | undefined {
  const text = process.env['SIM_SEED'];
  if (text === undefined || text === '') return undefined;
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`SIM_SEED is no seed: '${text}'`);
  return seed;
}
