import { PLANTED_FAULTS } from './planted-fault';
import { firstToFind } from './run-seeds';
import { chosenSeed } from './seed-choice';

/** More than any of them needs; a fault that hides longer means that the simulation has grown blind. */
const AT_MOST = 100;

// A chosen seed is looked at alone.
const describeUnlessChosen = chosenSeed() === undefined ? describe : describe.skip;

describeUnlessChosen('the simulation finds', () => {
  it.each(PLANTED_FAULTS.map((planted) => [planted.name, planted] as const))(
    '%s',
    async (name, planted) => {
      const found = await firstToFind(planted, AT_MOST);
      const { invariant, detail = '' } = found?.violation ?? {};
      process.stdout.write(`${name}: found by seed ${found?.seed ?? 'none'} (${invariant ?? 'nothing'}: ${detail})\n`);
      expect(invariant).toBe(planted.breaks);
    },
    120_000,
  );
});
