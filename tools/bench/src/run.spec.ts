import { existsSync } from 'node:fs';
import { rowsOf } from './report';
import { runScenarios, select } from './run';
import type { Scenario } from './scenario';

const options = {
  dist: '/nowhere',
  runs: 3,
  scale: { durationMs: 1, warmUpMs: 1, workflows: 1, history: 1, waiting: { executions: 1, spreadMs: 1 } },
  serviceArguments: [],
  say: () => undefined,
};

/** A scenario whose runs give these values, or fail with this error. */
function scripted(name: string, outcomes: (number | Error)[], extra: Partial<Scenario> = {}) {
  const folders: string[] = [];
  let closed = 0;
  let run = 0;
  const scenario: Scenario = {
    name,
    figures: [{ key: 'rate', what: name, unit: 'a second' }],
    async prepare({ folder }) {
      expect(existsSync(folder)).toBe(true);
      folders.push(folder);
      return {
        async measure() {
          const outcome = outcomes[run++] ?? 0;
          if (outcome instanceof Error) throw outcome;
          return { rate: outcome };
        },
        close: async () => void closed++,
      };
    },
    ...extra,
  };
  return { scenario, folders, closed: () => closed };
}

describe('a benchmark', () => {
  it('judges the median of its runs by that of its reference in the same runs', async () => {
    const reference = scripted('reference', [1_000, 10, 2_000]);
    const own = scripted('own', [900, 299, 250], {
      figures: [{ key: 'rate', what: 'own', unit: 'a second', bar: { atLeast: 0.3, of: 'reference.rate' } }],
    });
    const scenarios = [reference.scenario, own.scenario];
    const rows = rowsOf(scenarios, await runScenarios(scenarios, options));
    expect(rows).toEqual([
      { id: 'reference.rate', what: 'reference', unit: 'a second', runs: [1_000, 10, 2_000], median: 1_000 },
      {
        id: 'own.rate',
        what: 'own',
        unit: 'a second',
        runs: [900, 299, 250],
        median: 299,
        bar: '≥ 0.3 × reference.rate',
        limit: 300,
        verdict: 'below bar',
      },
    ]);
  });

  it('reports a scenario with a wrong answer as failed, without figures, and measures the others', async () => {
    const wrong = scripted('wrong', [5, new Error('a wrong answer'), 5]);
    const right = scripted('right', [1, 2, 3]);
    const measured = await runScenarios([wrong.scenario, right.scenario], options);
    expect(measured.failures).toEqual([{ scenario: 'wrong', message: 'a wrong answer' }]);
    expect([...measured.values]).toEqual([['right.rate', [1, 2, 3]]]);
    expect(wrong.closed()).toBe(2);
  });

  it('fails a scenario that leaves out one of its figures', async () => {
    const { scenario } = scripted('empty', [NaN]);
    const { failures } = await runScenarios([scenario], { ...options, runs: 1 });
    expect(failures).toEqual([{ scenario: 'empty', message: "it measured no 'rate'" }]);
  });

  it('gives each measurement a folder of its own, and removes it whatever happened', async () => {
    const { scenario, folders } = scripted('one', [1, 2, new Error('no')]);
    await runScenarios([scenario], options);
    expect(new Set(folders).size).toBe(3);
    expect(folders.filter(existsSync)).toEqual([]);
  });
});

describe('the selection', () => {
  const all = [
    scripted('reference', []).scenario,
    scripted('own', [], { needs: ['reference'] }).scenario,
    scripted('other', []).scenario,
  ];
  const namesOf = (names: string[]) => select(all, names).map(({ name }) => name);

  it('brings along what a bar refers to', () => {
    expect(namesOf([])).toEqual(['reference', 'own', 'other']);
    expect(namesOf(['own'])).toEqual(['reference', 'own']);
    expect(namesOf(['other'])).toEqual(['other']);
  });

  it('refuses names of nothing', () => expect(() => namesOf(['own', 'x', 'y'])).toThrow("no scenario 'x', 'y'"));
});
