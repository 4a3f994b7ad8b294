import { describeOnEngines, waitFor } from '@aitbc/shared-core/testing';
import type { AttemptOutcome } from './dispatch/attempt';
import { LaneStore } from './dispatch/lane.store';
import { FanOut } from './fan-out/fan-out';
import { FanOutStore } from './fan-out/fan-out.store';
import { Receiver } from './testing/receiver';
import { principal, SOURCE, until, WebhookBench } from './testing/webhook-bench';

const DONE: AttemptOutcome = {
  ...{ status: 'succeeded', statusCode: 204, error: null },
  ...{ nextAttemptAt: null, gone: false, pausedUntil: null },
};

describeOnEngines('webhook deliveries, whatever dies', (engine) => {
  let bench: WebhookBench;
  let ear: Receiver;
  beforeAll(async () => {
    bench = await WebhookBench.open(engine);
  });
  beforeEach(async () => {
    ear = await new Receiver().start();
  });
  afterEach(async () => {
    await bench.reset();
    await ear.stop();
  });

  /** The numbers of an execution's events that have arrived, in the order in which they first came. */
  const arrivals = (execution: string) => ear.arrivals.filter((each) => each.startsWith(`${execution} `));
  const inOrder = (execution: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${execution} ${index + 1}`);

  it('are made once for each event, by however many processes', async () => {
    const webhooks = [await bench.webhook(ear.url), await bench.webhook(ear.url)];
    const processes = [bench.begin(), bench.begin(), bench.begin()];
    for (let count = 0; count < 100; count += 1) bench.feed.happen(`exec_${count % 5}`);
    await until(() => processes.flatMap(({ attempts }) => attempts).length === 200);
    for (const webhook of webhooks) {
      const deliveries = await bench.of(webhook);
      expect(deliveries.map(({ lane, seq }) => `${lane} ${seq}`).sort()).toEqual(
        bench.feed.events.map(({ executionId, seq }) => `${executionId} ${seq}`).sort(),
      );
    }
    // Nor was any sent twice, since nobody died.
    expect(ear.received).toHaveLength(200);
    for (let count = 0; count < 5; count += 1) expect(arrivals(`exec_${count}`)).toEqual(inOrder(`exec_${count}`, 20));
  });

  it('are made with the place in the feed, both or neither', async () => {
    const webhook = await bench.webhook(ear.url);
    bench.feed.happen('exec_1');
    const dying = new FanOutStore({
      ...bench.db,
      engine: bench.db.engine,
      readSql: (work) => bench.db.readSql(work),
      writeSet: (work) =>
        bench.db.writeSet(async (sql) => {
          await work(sql);
          throw new Error('it dies before the commit');
        }),
    });
    const options = { source: () => SOURCE, now: bench.now, onDeliveries: jest.fn(), pollMs: 20 };
    const logger = { error: jest.fn(), warn: jest.fn(), info: jest.fn(), debug: jest.fn(), child: () => logger };
    const fanOut = new FanOut(bench.feed, dying, logger, options);
    fanOut.start();
    await until(() => logger.error.mock.calls.length >= 2);
    await fanOut.stop();
    expect(await bench.of(webhook)).toEqual([]);
    bench.begin();
    await until(() => ear.taken.length === 1);
  });

  it('that a dead process was sending are sent by another one when its lease is over', async () => {
    const webhook = await bench.webhook(ear.url);
    const lanes = new LaneStore(bench.db);
    const { dispatcher, stop } = bench.begin();
    await dispatcher.stop(0);
    bench.feed.happen('exec_1');
    bench.feed.happen('exec_1');
    await until(async () => (await bench.of(webhook)).length === 2);
    const now = bench.now();
    const wanted = [{ webhookId: webhook.id, lanes: 5 }];
    const [claim] = await lanes.claim(wanted, { token: 'dead', now, untilMs: now + 60_000 });
    expect(claim).toMatchObject({ lane: 'exec_1', delivery: { attempts: 0, eventType: 'step.completed' } });
    // It is held: nobody else gets it.
    expect(await lanes.claim(wanted, { token: 'other', now: now + 1, untilMs: now + 60_000 })).toEqual([]);
    await stop();

    bench.ahead += 60_000;
    const { attempts } = bench.begin();
    await until(() => attempts.length === 2);
    expect(arrivals('exec_1')).toEqual(inOrder('exec_1', 2));
    // And the dead one, should it only have slept, changes nothing any more.
    bench.feed.happen('exec_1', { type: 'execution.completed' });
    await until(() => attempts.length === 3);
    expect(claim && (await lanes.settle(claim, { ...DONE, status: 'dead' }, bench.now()))).toBe(false);
    expect((await bench.of(webhook)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('that are added while the last one of a lane ends are not forgotten', async () => {
    const webhook = await bench.webhook(ear.url);
    const { attempts } = bench.begin();
    for (let count = 1; count <= 60; count += 1) {
      bench.feed.happen('exec_1');
      // The next event comes at the moment in which the one before is being settled.
      await until(() => ear.taken.length >= count);
    }
    await until(() => attempts.length === 60);
    expect((await bench.of(webhook)).filter(({ status }) => status !== 'succeeded')).toEqual([]);
    expect(arrivals('exec_1')).toEqual(inOrder('exec_1', 60));
  });

  it('that were deleted leave no lane behind that comes up again and again', async () => {
    const webhook = await bench.webhook(ear.url);
    const lane = { webhook_id: webhook.id, lane: 'exec_1' };
    const insert = 'INSERT INTO webhook_lanes (webhook_id, lane, due_at) VALUES ($1, $2, 1)';
    await bench.db.writeSet((sql) => sql.query(insert, Object.values(lane)));
    bench.begin();
    await until(async () => (await bench.db.readSql((sql) => sql.query('SELECT 1 FROM webhook_lanes'))).length === 0);
    bench.feed.happen('exec_1');
    await until(() => ear.taken.length === 1);
  });

  it('that are under way when the process stops are handed back, and go out at once elsewhere', async () => {
    const webhook = await bench.webhook(ear.url);
    ear.answer = () => () => undefined;
    const { stop } = bench.begin({ leaseMs: 3_600_000, timeoutMs: 60_000 });
    bench.feed.happen('exec_1');
    await until(() => ear.received.length === 1);
    await stop();
    expect(await bench.of(webhook)).toMatchObject([{ status: 'pending', attempts: 0 }]);
    ear.answer = () => 204;
    bench.begin();
    await until(() => ear.taken.length === 1);
  });

  it('are not made while there is no webhook, and the feed is left alone', async () => {
    const { fanOut } = bench.begin();
    bench.feed.happen('exec_1');
    fanOut.wake();
    const webhook = await bench.webhook(ear.url, { active: false });
    fanOut.wake();
    await fanOut.stop();
    expect([bench.feed.reads, bench.feed.listening]).toEqual([0, false]);
    bench.begin();
    await bench.webhooks.patch(principal('alice'), webhook.id, { active: true });
    bench.feed.happen('exec_1');
    await until(() => ear.taken.length === 1);
    expect(bench.feed.listening).toBe(true);
    await bench.webhooks.patch(principal('alice'), webhook.id, { active: false });
    await until(() => !bench.feed.listening);
    for (let count = 0; count < 5; count += 1) bench.feed.happen('exec_1');
    await bench.webhooks.patch(principal('alice'), webhook.id, { active: true });
    bench.feed.happen('exec_1');
    await until(() => ear.taken.length === 2);
    // What happened before it was there, and while it was off, is not for it.
    expect(ear.arrivals).toEqual(['exec_1 2', 'exec_1 8']);
  });

  it('of many events for many webhooks are made in units of a bounded size', async () => {
    for (let count = 0; count < 30; count += 1) await bench.webhook(ear.url);
    for (let count = 0; count < 40; count += 1) bench.feed.happen(`exec_${count}`);
    const advance = jest.spyOn(FanOutStore.prototype, 'advance');
    const { attempts } = bench.begin({ perWebhook: 8, total: 100 });
    await waitFor(() => attempts.length === 1_200, { timeoutMs: 90_000 });
    const sizes = advance.mock.calls.map(([, , deliveries]) => deliveries.length);
    advance.mockRestore();
    expect(Math.max(...sizes)).toBeLessThan(530);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
  }, 120_000);
});
