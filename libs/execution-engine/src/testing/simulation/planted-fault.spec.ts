import { PLANTED_FAULTS } from './planted-fault';
import { firstToFind } from './run-seeds';
import { chosenSeed } from './seed-choice';

/** More than any of them needs; a fault that hides longer means that the simulation has grown blind. */
const AT_MOST = 20;

/** What each fault is expected to break first: found by another promise, it is another fault. */
const BREAKS: Readonly<Record<string, RegExp>> = {
  'a missing epoch check': /no write without the lease/,
  'lost wake-ups without a sweep': /every execution ends|nothing is held outside/,
  'a commit-then-disconnect taken for a failure': /events have neither gap nor repeat|never changes/,
  'recovery by two at once': /claimed while it is held/,
  'a timer read from the wall clock': /no timer ends before its time|claimed while it is held/,
};

// A chosen seed is looked at alone.
const describeUnlessChosen = chosenSeed() === undefined ? describe : describe.skip;

describeUnlessChosen('the simulation finds', () => {
  it.each(PLANTED_FAULTS.map((planted) => [planted.name, planted] as const))(
    '%s',
    async (name, planted) => {
      const found = await firstToFind(planted, AT_MOST);
      const { invariant = 'nothing', detail = '' } = found?.violation ?? {};
      process.stdout.write(`${name}: found by seed ${found?.seed ?? 'none'} (${invariant}: ${detail})\n`);
      expect(invariant).toMatch(BREAKS[name] ?? /^$/);
    },
    120_000,
  );
});
