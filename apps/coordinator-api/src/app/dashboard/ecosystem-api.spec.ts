import { AppError } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp, signedResult } from '../testing/coordinator-app';

describeAboveStores('the figures of the platform', (context) => {
  let app: CoordinatorApp;
  beforeAll(async () => (app = await openCoordinatorApp(context)));

  const figures = async (subject = 'client') =>
    (await app.call(subject, 'get', '/dashboard/ecosystem').expect(200)).body;

  it('are rates of nothing on an empty platform, for any role', async () => {
    for (const subject of ['client', 'operator', 'root']) {
      expect(await figures(subject)).toMatchObject({
        jobs: { total: 0, queue_depth: 0, success_rate: null },
        last_24_hours: { submitted: 0, completed: 0, jobs_per_hour: 0, success_rate: null, mean_wait_ms: null },
        miners: { registered: 0, online: 0, online_capacity: 0 },
      });
    }
  });

  it('count what really happened', async () => {
    const session = await app.register('operator', 'm-1');
    await app.register('operator', 'm-2');
    await app.db.writeSet((sql) => sql.query(`UPDATE miners SET last_heartbeat_at = 1 WHERE id = 'm-2'`));
    for (let n = 0; n < 3; n += 1) await app.submit();
    await app.completeNext(session, 'm-1');
    const late = await app.submit();
    const { body: claimed } = await app.poll('operator', session).expect(200);
    const failure = { error: 'bad', retryable: false };
    await app.call('operator', 'post', `/miners/${claimed.job_id}/fail`, failure, session).expect(200);
    await app.call('client', 'post', `/jobs/${late}/cancel`).expect(200);
    expect(await figures()).toMatchObject({
      jobs: {
        ...{ total: 4, queue_depth: 1, success_rate: 0.5 },
        by_state: { QUEUED: 1, RUNNING: 0, COMPLETED: 1, FAILED: 1, CANCELED: 1, EXPIRED: 0 },
      },
      last_24_hours: { submitted: 4, completed: 1, failed: 1, canceled: 1, jobs_per_hour: 1 / 24, success_rate: 0.5 },
      miners: { registered: 2, online: 1, online_capacity: 4 },
      agents_available: true,
      agents: { registered: 3, active: 2, online: 1 },
    });
  });

  it('take means of waiting and running over completed jobs of the last day only', async () => {
    await app.db.writeSet((sql) => sql.query(`UPDATE jobs SET finished_at = 1, requested_at = 1`));
    expect(await figures()).toMatchObject({ last_24_hours: { submitted: 0, completed: 0, mean_run_ms: null } });
    const session = await app.register('operator', 'm-1');
    for (const [wait, run] of [
      [1_000, 4_000],
      [2_000, 5_000],
    ] as const) {
      const id = await app.submit();
      await app.db.writeSet((sql) =>
        sql.query(`UPDATE jobs SET state = 'CANCELED' WHERE state = 'QUEUED' AND id <> $1`, [id]),
      );
      await app.poll('operator', session).expect(200);
      await app.call('operator', 'post', `/miners/${id}/result`, signedResult(id, 'm-1', 1), session).expect(200);
      await app.db.writeSet((sql) =>
        sql.query('UPDATE jobs SET started_at = requested_at + $2, finished_at = requested_at + $3 WHERE id = $1', [
          id,
          wait,
          wait + run,
        ]),
      );
    }
    expect((await figures()).last_24_hours).toMatchObject({ completed: 2, mean_wait_ms: 1_500, mean_run_ms: 4_500 });
  });

  it('stand without the agents when nobody can tell about them', async () => {
    app.agents.failure = new AppError('dependency_unavailable', 'the agent service is away');
    expect(await figures()).toMatchObject({ agents_available: false, agents: null, miners: { registered: 2 } });
  });

  it('do not hide a failure that is none of availability', async () => {
    app.agents.failure = new Error('broken');
    await app.call('client', 'get', '/dashboard/ecosystem').expect(500);
    app.agents.failure = undefined;
  });
});
