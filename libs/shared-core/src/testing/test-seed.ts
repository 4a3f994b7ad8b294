import { processEnvironment } from '../config/environment';

/**
 * Seed of a random test, printed so that a failed run can be repeated: the `TEST_SEED` of the environment, or a new one.
 * @param name of the test, for the line that is printed.
 */
export function testSeed(name: string): number {
  const chosen = Number(processEnvironment()['TEST_SEED']);
  const seed = Number.isSafeInteger(chosen) ? chosen : Math.floor(Math.random() * 2 ** 31);
  process.stdout.write(`${name}: TEST_SEED=${seed}\n`);
  return seed;
}
