import { Ledger } from './ledger';

/** What is wrong after these acknowledged raises of a counter that stands at `count` in the end. */
async function wrongWith(raises: readonly number[], count: number | undefined): Promise<string[]> {
  const ledger = new Ledger();
  ledger.created('/a');
  raises.forEach((to) => ledger.raised('/a', to));
  expect(ledger.writes).toBe(raises.length + 1);
  return ledger.discrepancies(async () => count);
}

describe('the ledger of acknowledged writes', () => {
  it('has no complaint when every write is there, in whatever order the answers came', async () => {
    expect(await wrongWith([], 0)).toEqual([]);
    expect(await wrongWith([2, 1, 3], 3)).toEqual([]);
  });

  it('lets a raise without an answer be done or not, and no more than that', async () => {
    const ledger = new Ledger();
    ledger.created('/a');
    ledger.unanswered('/a');
    const after = (count: number) => ledger.discrepancies(async () => count);
    expect([await after(0), await after(1)]).toEqual([[], []]);
    expect(await after(2)).toEqual(['/a is 2, and 0 raises were acknowledged']);
  });

  it.each([
    ['an object that is gone', [], undefined, '/a was created, and is not there'],
    ['an update that overwrote another', [1, 2, 2], 2, '/a was raised to the same number twice'],
    ['the last update', [1, 2], 1, '/a was raised 2 times, and is 1'],
    ['an update that nobody acknowledged', [1], 2, '/a is 2, and 1 raises were acknowledged'],
  ])('misses %s', async (_what, raises, count, sentence) => {
    expect(await wrongWith(raises, count)).toEqual([sentence]);
  });
});
