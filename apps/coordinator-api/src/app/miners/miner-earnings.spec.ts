import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const DAY_MS = 86_400_000;
/** 2026-01-31, a second before midnight. */
const LATE = Date.parse('2026-01-31T23:59:59.000Z');

describeAboveStores('the earnings of a miner', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => {
    app = await openCoordinatorApp(context);
    await app.register('operator', 'm-1');
  });

  const earnings = (query = '', subject = 'operator') => app.call(subject, 'get', `/miners/m-1/earnings${query}`);

  /** A receipt of a completed job as `JobLeases.complete` leaves it, at a price and a time of its own. */
  async function earn(serviceType: string, cost: number, issuedAt: number): Promise<void> {
    const id = await app.submit();
    await app.db.writeSet(async (sql) => {
      await sql.query(`UPDATE jobs SET state = 'COMPLETED', service_type = $2 WHERE id = $1`, [id, serviceType]);
      await sql.query(
        `INSERT INTO job_receipts (id, job_id, client_id, miner_id, cost, jws, miner_key, issued_at)
         VALUES ($1, $2, 'client', 'm-1', $3, 'a.b.c', '{}', $4)`,
        [`rcpt_${id}`, id, cost, issuedAt],
      );
    });
  }

  it('are nothing before the first receipt', async () => {
    const { body } = await earnings().expect(200);
    expect(body).toEqual({
      ...{ miner_id: 'm-1', from: null, to: null, count: 0, total: 0 },
      ...{ by_service_type: [], by_day: [] },
    });
  });

  it('come from the receipts of work that was really done', async () => {
    const session = await app.register('operator', 'm-1');
    await app.submit();
    await app.completeNext(session, 'm-1');
    expect((await earnings().expect(200)).body).toMatchObject({
      ...{ count: 1, total: 0.25, by_service_type: [{ service_type: 'text_analysis', count: 1, total: 0.25 }] },
      by_day: [{ day: new Date().toISOString().slice(0, 10), count: 1, total: 0.25 }],
    });
    await app.db.writeSet((sql) => sql.query('DELETE FROM job_receipts'));
  });

  it('add up exactly, by kind and by UTC day', async () => {
    // As floating point 0.1 + 0.2 + 0.00000001 is not 0.30000001.
    await earn('whisper', 10_000_000, LATE);
    await earn('whisper', 20_000_000, LATE + 1_000);
    await earn('ffmpeg', 1, LATE + 2_000);
    const { body } = await earnings().expect(200);
    expect(body).toMatchObject({
      ...{ count: 3, total: 0.30000001 },
      by_service_type: expect.arrayContaining([
        { service_type: 'whisper', count: 2, total: 0.3 },
        { service_type: 'ffmpeg', count: 1, total: 0.00000001 },
      ]),
      by_day: [
        { day: '2026-01-31', count: 1, total: 0.1 },
        { day: '2026-02-01', count: 2, total: 0.20000001 },
      ],
    });
  });

  it('are of a period from its beginning to before its end', async () => {
    const at = (ms: number): string => new Date(ms).toISOString();
    const of = async (query: string): Promise<number> => (await earnings(query).expect(200)).body.count as number;
    expect(await of(`?from=${at(LATE)}&to=${at(LATE + 1_000)}`)).toBe(1);
    expect(await of(`?from=${at(LATE + 1)}`)).toBe(2);
    expect(await of(`?to=${at(LATE + 1_000)}`)).toBe(1);
    expect(await of(`?from=${at(LATE + DAY_MS)}`)).toBe(0);
    const { body } = await earnings(`?from=${at(LATE)}&to=${at(LATE)}`).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '?to' })]);
    await earnings('?from=yesterday').expect(422);
  });

  it('are shown to the operator and to admins', async () => {
    expect((await earnings('', 'root').expect(200)).body.count).toBe(3);
    await earnings('', 'rival').expect(404);
    await earnings('', 'client').expect(403);
    await app.call('operator', 'get', '/miners/nobody/earnings').expect(404);
  });
});
