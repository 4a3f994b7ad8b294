import { describeAboveStores } from '@aitbc/shared-core/testing';
import { Webhook } from '@aitbc/shared-domain';
import { WebhookRetention } from './retention/webhook-retention';
import { WebhookRetentionStore } from './retention/webhook-retention.store';
import { Receiver } from './testing/receiver';
import { principal, until, WebhookBench } from './testing/webhook-bench';

const DAY = 86_400_000;
const ALICE = principal('alice');

describeAboveStores('webhook deliveries that are over', (engine) => {
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

  const statusOf = async (webhook: Webhook) => (await bench.of(webhook)).map(({ status }) => status);

  /** A webhook whose first `dead` events have died, and `well` others have arrived. */
  async function history(dead: number, well: number): Promise<Webhook> {
    const webhook = await bench.webhook(ear.url);
    ear.answer = ({ event }) => (Number(event.data['seq']) <= dead ? 500 : 204);
    const { attempts } = bench.begin({ schedule: [1] });
    for (let count = 0; count < dead + well; count += 1) bench.feed.happen('exec_1');
    await until(() => attempts.length === 2 * dead + well);
    ear.answer = () => 204;
    ear.received.splice(0);
    return webhook;
  }

  it('are sent again one by one, with the same id and all attempts before them', async () => {
    const webhook = await history(1, 1);
    const [dead, well] = await bench.of(webhook);
    expect([dead, well]).toMatchObject([
      { status: 'dead', attempts: 2, lastError: 'answered 500', lastStatusCode: 500 },
      { status: 'succeeded', attempts: 1 },
    ]);
    for (const [index, delivery] of [dead, well].entries()) {
      const replayed = await bench.deliveries.replay(ALICE, webhook.id, delivery?.id ?? '');
      expect(replayed).toMatchObject({ status: 'pending', attempts: 0, completedAt: null, payload: delivery?.payload });
      await until(() => ear.received.length === index + 1);
      expect(ear.received[index]?.headers['webhook-id']).toBe(delivery?.id);
    }
    await until(async () => (await statusOf(webhook)).every((status) => status === 'succeeded'));
  });

  it('that wait for another attempt get it at once', async () => {
    const webhook = await bench.webhook(ear.url);
    ear.answer = () => 500;
    const { attempts } = bench.begin({ schedule: [3_600_000, 3_600_000] });
    bench.feed.happen('exec_1');
    await until(() => attempts.length === 1);
    const [waiting] = await bench.of(webhook);
    const hurried = await bench.deliveries.replay(ALICE, webhook.id, waiting?.id ?? '');
    expect(hurried).toMatchObject({ status: 'retrying', attempts: 1, nextAttemptAt: null });
    await until(() => attempts.length === 2);
    expect(await bench.of(webhook)).toMatchObject([{ attempts: 2, status: 'retrying' }]);
  });

  it('are sent again all together when they are dead, in their order', async () => {
    const webhook = await history(3, 2);
    const first = await bench.deliveries.replayAll(ALICE, webhook.id, { limit: 2 });
    expect(first).toEqual({ replayed: 2, lastId: (await bench.of(webhook))[1]?.id });
    const rest = await bench.deliveries.replayAll(ALICE, webhook.id, { limit: 2, after: first.lastId ?? '' });
    expect(rest).toEqual({ replayed: 1, lastId: undefined });
    await until(async () => (await statusOf(webhook)).every((status) => status === 'succeeded'));
    expect(ear.received.map(({ event }) => event.data['seq'])).toEqual([1, 2, 3]);
  });

  it('are sent again since a moment, those that had arrived too', async () => {
    const webhook = await history(1, 1);
    bench.ahead += 60_000;
    const since = new Date(bench.now()).toISOString();
    bench.feed.happen('exec_1');
    await until(async () => (await statusOf(webhook)).length === 3);
    await until(async () => (await statusOf(webhook))[2] === 'succeeded');
    expect(await bench.deliveries.replayAll(ALICE, webhook.id, { since, status: 'dead', limit: 10 })).toMatchObject({
      replayed: 0,
    });
    expect(await bench.deliveries.replayAll(ALICE, webhook.id, { since, limit: 10 })).toMatchObject({ replayed: 1 });
    await until(() => ear.received.length === 2);
    expect(ear.received.map(({ event }) => event.data['seq'])).toEqual([3, 3]);
  });

  it('of a test are over after one attempt', async () => {
    const webhook = await bench.webhook(ear.url);
    ear.answer = () => 500;
    bench.begin({ schedule: [1, 1, 1] });
    await bench.deliveries.test(ALICE, webhook.id);
    await until(async () => (await statusOf(webhook))[0] === 'dead');
    expect(ear.received.map(({ event }) => [event.type, event.subject])).toEqual([
      ['com.aitbc.webhook.test', webhook.id],
    ]);
  });

  it('are deleted when their time is over, and a removed webhook with all that it has', async () => {
    const webhook = await history(1, 2);
    const removed = await bench.webhook(ear.url);
    const off = await bench.webhook(ear.url);
    await bench.webhooks.patch(ALICE, webhook.id, { url: 'http://127.0.0.1:1/' });
    ear.answer = () => 500;
    bench.feed.happen('exec_2');
    for (const each of [webhook, removed, off]) await until(async () => (await statusOf(each)).at(-1) === 'dead');
    await bench.webhooks.delete(ALICE, removed.id);
    const retention = (days: number) =>
      new WebhookRetention(new WebhookRetentionStore(bench.db), logger, { days, now: bench.now, intervalMs: 10 });
    const logger = { error: jest.fn(), warn: jest.fn(), info: jest.fn(), debug: jest.fn(), child: () => logger };
    const count = () => bench.db.read((manager) => manager.count(Webhook));
    const young = retention(1);
    young.start();
    await until(async () => (await count()) === 2);
    expect(await bench.of(removed)).toEqual([]);
    expect(await bench.of(webhook)).toHaveLength(4);
    bench.ahead += 2 * DAY;
    await until(async () => (await bench.of(webhook)).length === 0);
    await young.stop();
    expect(await count()).toBe(2);
  });

  it('and what was never sent goes when the webhook has been off for as long', async () => {
    const webhook = await bench.webhook(ear.url);
    ear.answer = () => 410;
    const sending = bench.begin();
    bench.feed.happen('exec_1');
    bench.feed.happen('exec_1');
    await until(async () => !(await bench.webhooks.get(ALICE, webhook.id)).active);
    // The second one may be on its way already: its end must not come to lie two days ahead.
    await sending.stop();
    const logger = { error: jest.fn(), warn: jest.fn(), info: jest.fn(), debug: jest.fn(), child: () => logger };
    bench.ahead += 2 * DAY;
    const store = new WebhookRetentionStore(bench.db);
    const retention = new WebhookRetention(store, logger, { days: 1, now: bench.now, intervalMs: 10 });
    retention.start();
    await until(async () => (await bench.of(webhook)).length === 0);
    await retention.stop();
    const lanes = await bench.db.readSql((sql) => sql.query('SELECT 1 FROM webhook_lanes'));
    expect(lanes).toEqual([]);
  });
});
