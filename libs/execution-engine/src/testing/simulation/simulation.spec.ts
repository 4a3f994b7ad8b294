import { fullTests } from '@aitbc/shared-core/testing';
import { withoutRealTime } from './forbidden-sources';
import { describeFailure, runSeeds, type SeedsReport } from './run-seeds';
import { chosenSeed, SEEDS } from './seed-choice';
import { simulate } from './simulation';

const seed = chosenSeed();
const LONG_MS = fullTests ? 1_800_000 : 180_000;

/** One seed, to be read. */
function showSeed(chosen: number): void {
  it(`keeps the promises of the engine under seed ${chosen}`, async () => {
    const result = await simulate({ seed: chosen, keepTrace: true });
    process.stdout.write(`${result.trace}\ntrace of seed ${chosen}: ${result.lines} lines, sha256 ${result.digest}\n`);
    if (result.violation) throw new Error(describeFailure(result));
  });
}

function judgeSeeds(): void {
  let report: SeedsReport;

  beforeAll(async () => {
    const startedAt = performance.now();
    report = await runSeeds(1, SEEDS);
    const seconds = (performance.now() - startedAt) / 1_000;
    const { executions, coverage } = report;
    process.stdout.write(`${coverage.table()}\n${SEEDS} seeds, ${executions} executions, ${seconds.toFixed(1)} s\n`);
  }, LONG_MS);

  it('keeps every promise of the engine under every seed', () => {
    expect(report.failures).toEqual([]);
  });

  it('brings every transition that can meet a fault under it, at least 100 times in the full form', () => {
    expect(report.coverage.below(fullTests ? 100 : 1)).toEqual([]);
  });

  it('lets workers die at every debug point', () => {
    const spared = [...report.deaths].filter(([, times]) => times === 0).map(([point]) => point);
    expect(spared).toEqual([]);
  });
}

function judgeRepetition(): void {
  it('repeats a run byte for byte', async () => {
    for (const again of [3, 4, 5]) {
      const first = await simulate({ seed: again, keepTrace: true });
      const second = await simulate({ seed: again, keepTrace: true });
      expect(second.trace).toBe(first.trace);
      expect(second.digest).toBe(first.digest);
      expect(first.lines).toBeGreaterThan(100);
    }
  });

  it('gives another run for another seed', async () => {
    const [one, other] = [await simulate({ seed: 1 }), await simulate({ seed: 2 })];
    expect(one.digest).not.toBe(other.digest);
  });

  it('asks neither the machine’s clock nor its chance, and notices who does', async () => {
    await expect(withoutRealTime(async () => Date.now())).rejects.toThrow('the time');
    await expect(withoutRealTime(async () => new Date())).rejects.toThrow('the time');
    await expect(withoutRealTime(async () => Math.random())).rejects.toThrow('chance');
    await expect(withoutRealTime(async () => setTimeout(() => undefined, 1))).rejects.toThrow('a timer');
    expect(await withoutRealTime(async () => new Date(0).toISOString())).toBe('1970-01-01T00:00:00.000Z');
    expect(Date.now()).toBeGreaterThan(0);
  });
}

describe('the engine in a simulated world', () => {
  if (seed === undefined) {
    judgeSeeds();
    judgeRepetition();
  } else {
    showSeed(seed);
  }
});
