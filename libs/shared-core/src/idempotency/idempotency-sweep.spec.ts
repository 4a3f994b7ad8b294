import { describeOnEngines } from '../testing/database-engines';
import { memoryLogger } from '../testing/memory-logger';
import { waitFor } from '../testing/wait-for';
import { IdempotencyRecordEntity } from './idempotency-record.entity';
import { IdempotencyRecords } from './idempotency-records';
import { IdempotencySweep } from './idempotency-sweep';
import { THINGS } from './testing/things-app';

describeOnEngines('the sweep of idempotency records', (context) => {
  it('deletes all that have expired, batch by batch, and no other', async () => {
    const db = await context.openDatabase(THINGS);
    let now = 1_000;
    const records = new IdempotencyRecords(db, () => now);
    const keep = (...ids: string[]) =>
      records.keepAll(ids.map((id) => ({ request: { id, hash: 'h' }, answer: { status: 201 } })));
    await keep(...Array.from({ length: 510 }, (_, index) => `old-${index}`));
    now += 3_600_000;
    await keep('young');
    now += 23 * 3_600_000;
    const deleteExpired = jest.spyOn(records, 'deleteExpired');
    const sweep = new IdempotencySweep(records, memoryLogger().logger);
    sweep.start();
    const remaining = () => db.read((manager) => manager.find(IdempotencyRecordEntity));
    await waitFor(async () => (await remaining()).length === 1);
    await sweep.stop();
    expect((await remaining()).map(({ id }) => id)).toEqual(['young']);
    expect(deleteExpired).toHaveBeenCalledTimes(2);
  });
});

it('logs a failure and stops when it is told', async () => {
  const { logger, lines } = memoryLogger();
  const sweep = new IdempotencySweep({ deleteExpired: () => Promise.reject(new Error('no database')) }, logger);
  sweep.start();
  await waitFor(() => lines[0]);
  await sweep.stop();
  expect(lines).toEqual([expect.objectContaining({ level: 'error', event: 'idempotency_sweep_failed' })]);
});
