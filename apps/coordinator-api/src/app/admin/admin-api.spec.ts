import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describeAboveStores('the API of administrators', (context) => {
  let app: CoordinatorApp;
  let done: string;
  let queued: string;
  beforeAll(async () => {
    app = await openCoordinatorApp(context);
    const session = await app.register('operator', 'm-1', { region: 'eu' });
    await app.register('rival', 'r-1', { region: 'us' });
    await app.db.writeSet((sql) => sql.query(`UPDATE miners SET last_heartbeat_at = 1 WHERE id = 'r-1'`));
    done = await app.submit();
    await app.completeNext(session, 'm-1');
    const payload = { service_type: 'text_analysis', service_request: { text: 'a day', tasks: ['language'] } };
    queued = String((await app.call('other', 'post', '/jobs', { payload }).expect(201)).body.job_id);
  });

  const list = async (path: string): Promise<string[]> => {
    const { body } = await app.call('root', 'get', path).expect(200);
    return body.items.map(({ id }: { id: string }) => id);
  };

  it.each(['/admin/stats', '/admin/jobs', '/admin/miners'])('%s is for admins only', async (path) => {
    for (const subject of ['client', 'operator']) await app.call(subject, 'get', path).expect(403);
  });

  it('lists the jobs of all clients by each filter', async () => {
    expect(await list('/admin/jobs')).toEqual([queued, done]);
    expect(await list('/admin/jobs?status=COMPLETED')).toEqual([done]);
    expect(await list('/admin/jobs?status=QUEUED')).toEqual([queued]);
    expect(await list('/admin/jobs?status=FAILED')).toEqual([]);
    expect(await list('/admin/jobs?client_id=other')).toEqual([queued]);
    expect(await list('/admin/jobs?miner_id=m-1')).toEqual([done]);
    expect(await list('/admin/jobs?miner_id=m-1&client_id=other')).toEqual([]);
    expect(await list('/admin/jobs?job_type=whisper')).toEqual([]);
    expect(await list('/admin/jobs?to_time=2020-01-01T00:00:00Z')).toEqual([]);
    const { body } = await app.call('root', 'get', '/admin/jobs?limit=1').expect(200);
    expect(await list(`/admin/jobs?limit=1&cursor=${body.next_cursor}`)).toEqual([done]);
  });

  it('lists the miners of all operators by each filter', async () => {
    expect(await list('/admin/miners')).toEqual(['r-1', 'm-1']);
    expect(await list('/admin/miners?owner_id=rival')).toEqual(['r-1']);
    expect(await list('/admin/miners?region=eu')).toEqual(['m-1']);
    expect(await list('/admin/miners?online=true')).toEqual(['m-1']);
    expect(await list('/admin/miners?online=false')).toEqual(['r-1']);
  });

  it('gives the figures of the platform, and beside them those of the process', async () => {
    const { body } = await app.call('root', 'get', '/admin/stats').expect(200);
    const everybodys = (await app.call('root', 'get', '/dashboard/ecosystem').expect(200)).body;
    expect(body).toMatchObject({
      ...{ ...everybodys, as_of: expect.stringMatching(INSTANT) },
      gpu_offers: { available: 0, booked: 0, withdrawn: 0 },
      ...{ job_receipts: 1, volume_last_24_hours: 0.25 },
    });
    expect(body.database.units_committed).toBeGreaterThan(0);
  });
});
