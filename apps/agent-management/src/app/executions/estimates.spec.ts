import { ExecutionEstimates } from './estimates';

describe('estimates of executions', () => {
  let time = 0;
  let reads = 0;
  let rows: { started_at: number; completed_at: number; total_cost: number }[] = [];
  const query = async () => {
    reads += 1;
    return rows as never[];
  };
  const open = () => new ExecutionEstimates({ readSql: (work) => work({ query }) }, () => time);
  const ran = (count: number, ms: number) =>
    Array.from({ length: count }, () => ({ started_at: 1_000, completed_at: 1_000 + ms, total_cost: 3 }));

  beforeEach(() => ([time, reads, rows] = [0, 0, []]));

  it('are means over what has run, and none when nothing has', async () => {
    const estimates = open();
    expect(await estimates.of('wf', 1)).toBeUndefined();
    rows = [...ran(1, 100), ...ran(1, 301)];
    expect(await estimates.of('wf', 1)).toEqual({ durationMs: 201, costUnits: 3 });
  });

  it('are taken anew each time while few have run, and kept for two seconds afterwards', async () => {
    const estimates = open();
    rows = ran(19, 10);
    await estimates.of('wf', 1);
    await estimates.of('wf', 1);
    expect(reads).toBe(2);
    rows = ran(20, 20);
    expect(await estimates.of('wf', 1)).toEqual({ durationMs: 20, costUnits: 3 });
    rows = ran(20, 30);
    time = 1_999;
    expect(await estimates.of('wf', 1)).toEqual({ durationMs: 20, costUnits: 3 });
    expect(await estimates.of('wf', 2)).toEqual({ durationMs: 30, costUnits: 3 });
    time = 2_000;
    expect(await estimates.of('wf', 1)).toEqual({ durationMs: 30, costUnits: 3 });
  });

  it('of a bounded number of versions are kept', async () => {
    const estimates = open();
    rows = ran(20, 10);
    for (let version = 0; version <= 1_000; version += 1) await estimates.of('wf', version);
    reads = 0;
    await estimates.of('wf', 1_000);
    expect(reads).toBe(0);
    await estimates.of('wf', 0);
    expect(reads).toBe(1);
  });
});
