import { createHmac } from 'node:crypto';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type Received, Receiver } from './testing/receiver';
import { principal, SOURCE, until, WebhookBench } from './testing/webhook-bench';

const MINUTE = 60_000;

/** Standard Webhooks, 1.0.0, as a receiver reads it: which of the signatures are right. */
function verified({ headers, text }: Received, secret: string): boolean[] {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = `v1,${createHmac('sha256', key).update(content, 'utf8').digest('base64')}`;
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signature === expected);
}

describeAboveStores('webhook deliveries', (engine) => {
  let bench: WebhookBench;
  const receivers: Receiver[] = [];
  beforeAll(async () => {
    bench = await WebhookBench.open(engine);
  });
  afterEach(async () => {
    await bench.reset();
    await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
  });

  async function receiver(answer?: Receiver['answer']): Promise<Receiver> {
    const started = await new Receiver().start();
    if (answer) started.answer = answer;
    receivers.push(started);
    return started;
  }

  it('are CloudEvents that are signed by the secret of their webhook', async () => {
    const ear = await receiver();
    const webhook = await bench.webhook(ear.url);
    bench.begin();
    bench.feed.happen('exec_1', { type: 'execution.started', data: { text: 'Grüße' } });
    await until(() => ear.taken.length > 0);
    const [message] = ear.taken;
    const [delivery] = await bench.of(webhook);
    expect(message?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      'webhook-id': delivery?.id,
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
    });
    expect(message?.event).toMatchObject({ specversion: '1.0', id: 'exec_1/1', source: SOURCE, subject: 'exec_1' });
    expect(message?.event.data).toMatchObject({ seq: 1, details: { text: 'Grüße' } });
    expect(message && verified(message, webhook.secret)).toEqual([true]);
    expect(message && verified(message, 'whsec_AAAA')).toEqual([false]);
  });

  it('are signed by the old secret too while a new one is brought out', async () => {
    const ear = await receiver();
    const { id, secret: old } = await bench.webhook(ear.url);
    const { secret } = await bench.webhooks.rotateSecret(principal('alice'), id, 60);
    const { attempts } = bench.begin();
    bench.feed.happen('exec_1');
    // Kept, not only taken: its lease must not end by the leap of the clock, or else it is sent again.
    await until(() => attempts.length === 1);
    const [during] = ear.taken;
    expect(during && [verified(during, secret), verified(during, old)]).toEqual([
      [true, false],
      [false, true],
    ]);
    bench.ahead = 61_000;
    bench.feed.happen('exec_1');
    await until(() => ear.taken.length === 2);
    const [, after] = ear.taken;
    expect(after && [verified(after, secret), verified(after, old)]).toEqual([[true], [false]]);
  });

  it('are made for the events that a webhook wants, and no others', async () => {
    const [all, ends, ofOther, workflow] = await Promise.all([receiver(), receiver(), receiver(), receiver()]);
    await bench.webhook(all.url);
    await bench.webhook(ends.url, { event_types: ['execution.completed', 'step.*'] });
    await bench.webhook(ofOther.url, {}, 'bob');
    await bench.webhook(workflow.url, { workflow_id: 'wf_2' });
    bench.begin();
    bench.feed.happen('exec_1', { type: 'execution.started' });
    bench.feed.happen('exec_1', { type: 'step.started' });
    bench.feed.happen('exec_1', { type: 'execution.completed' });
    bench.feed.happen('exec_2', { ownerId: 'bob', workflowId: 'wf_2' });
    bench.feed.happen('exec_3', { workflowId: 'wf_2' });
    await until(() => all.taken.length === 4 && ofOther.taken.length === 1 && workflow.taken.length === 1);
    await until(() => ends.taken.length === 3);
    expect(ends.arrivals.toSorted()).toEqual(['exec_1 2', 'exec_1 3', 'exec_3 1']);
    expect(ofOther.arrivals).toEqual(['exec_2 1']);
    expect(workflow.arrivals).toEqual(['exec_3 1']);
  });

  it('are repeated until they arrive, each with the same id and a signature of its own time', async () => {
    const answers = [500, 404, 302, 204];
    const ear = await receiver(() => answers.shift() ?? 204);
    const webhook = await bench.webhook(ear.url);
    const { attempts } = bench.begin({ schedule: [MINUTE, MINUTE, MINUTE] });
    bench.feed.happen('exec_1');
    for (const count of [1, 2, 3]) {
      await until(() => attempts.length === count);
      const [waiting] = await bench.of(webhook);
      expect(waiting).toMatchObject({ status: 'retrying', attempts: count, completedAt: null });
      bench.ahead += MINUTE;
    }
    await until(() => attempts.length === 4);
    expect(attempts).toEqual(['retrying', 'retrying', 'retrying', 'succeeded']);
    expect(new Set(ear.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(ear.received.map(({ headers }) => headers['webhook-signature'])).size).toBe(4);
    for (const message of ear.received) expect(verified(message, webhook.secret)).toEqual([true]);
    const [done] = await bench.of(webhook);
    expect(done).toMatchObject({ status: 'succeeded', attempts: 4, lastStatusCode: 204, lastError: null });
  });

  it('all arrive, in order, at a receiver that was down for 10 minutes, while another one gets its own at once', async () => {
    const [down, up] = await Promise.all([receiver(), receiver()]);
    await down.stop();
    const webhook = await bench.webhook(down.url);
    await bench.webhook(up.url);
    const { attempts } = bench.begin({ schedule: Array<number>(20).fill(MINUTE) });
    const executions = Array.from({ length: 12 }, (_, index) => `exec_${index}`);
    for (let minute = 1; minute <= 10; minute += 1) {
      for (const execution of executions) bench.feed.happen(execution);
      // Every execution's event has arrived, and its first one has been tried in vain, in this minute; both are kept.
      const kept = (wanted: string): number => attempts.filter((status) => status === wanted).length;
      await until(() => kept('succeeded') >= minute * executions.length);
      await until(() => kept('retrying') >= minute * executions.length);
      expect(up.taken).toHaveLength(minute * executions.length);
      bench.ahead += MINUTE;
    }
    expect(await bench.statuses(webhook)).toEqual(
      expect.arrayContaining(executions.flatMap((id) => [`${id} 1 retrying`, `${id} 2 pending`])),
    );
    expect(await bench.webhooks.get(principal('alice'), webhook.id)).toMatchObject({
      failingSince: expect.any(Number),
    });
    await down.start();
    await until(() => down.taken.length >= 120);
    for (const execution of executions) {
      const order = down.arrivals.filter((arrival) => arrival.startsWith(`${execution} `));
      expect(order).toEqual(Array.from({ length: 10 }, (_, index) => `${execution} ${index + 1}`));
    }
    await until(async () => (await bench.of(webhook)).every(({ status }) => status === 'succeeded'));
    await until(async () => (await bench.webhooks.get(principal('alice'), webhook.id)).failingSince === null);
  }, 60_000);

  it('of an execution whose event is refused wait, and no others', async () => {
    const ear = await receiver(({ event }) => (event.subject === 'exec_bad' ? 500 : 204));
    const webhook = await bench.webhook(ear.url);
    const { attempts } = bench.begin({ schedule: [MINUTE] });
    for (const execution of ['exec_bad', 'exec_good', 'exec_bad', 'exec_good']) bench.feed.happen(execution);
    await until(() => ear.taken.length === 2 && attempts.length === 3);
    const waiting = ['exec_bad 1 retrying', 'exec_bad 2 pending', 'exec_good 1 succeeded', 'exec_good 2 succeeded'];
    expect((await bench.statuses(webhook)).sort()).toEqual(waiting);
    // After the last attempt the first one is dead, and the next one has its turn.
    bench.ahead += MINUTE;
    await until(() => attempts.length === 5);
    expect((await bench.statuses(webhook)).sort().slice(0, 2)).toEqual(['exec_bad 1 dead', 'exec_bad 2 retrying']);
  });

  it('to receivers that do not answer take no place from others', async () => {
    const held: (() => void)[] = [];
    const hanging = await Promise.all(
      Array.from({ length: 4 }, () => receiver(() => (res) => void held.push(() => void res.writeHead(204).end()))),
    );
    const ear = await receiver();
    for (const { url } of hanging) await bench.webhook(url);
    const webhook = await bench.webhook(ear.url);
    bench.begin({ total: 12, perWebhook: 2, timeoutMs: 20_000, leaseMs: 30_000 });
    for (let index = 0; index < 20; index += 1) bench.feed.happen(`exec_${index}`);
    await until(() => ear.taken.length === 20);
    await until(async () => (await bench.of(webhook)).every(({ status }) => status === 'succeeded'));
    // All the time the others had what they may have, and no more.
    expect(hanging.map(({ received }) => received.length)).toEqual([2, 2, 2, 2]);
    for (const { received } of hanging) received.splice(0);
    held.splice(0).forEach((answer) => answer());
    await until(() => hanging.every(({ received }) => received.length === 2));
    held.splice(0).forEach((answer) => answer());
  });

  it('end with 410, and with a failure that lasts too long; what is left goes on when the owner wants it', async () => {
    let answer = 410;
    const ear = await receiver(() => answer);
    const webhook = await bench.webhook(ear.url);
    const { attempts } = bench.begin({ schedule: [MINUTE, MINUTE], disableAfterMs: 30_000 });
    const now = () => bench.webhooks.get(principal('alice'), webhook.id);
    for (let count = 0; count < 3; count += 1) bench.feed.happen('exec_1');
    await until(() => attempts.length === 1);
    // It was off before the next one could be sent.
    expect(await now()).toMatchObject({ active: false, disabledReason: 'gone', disabledAt: expect.any(Number) });
    expect(await bench.statuses(webhook)).toEqual(['exec_1 1 dead', 'exec_1 2 pending', 'exec_1 3 pending']);
    answer = 500;
    await bench.webhooks.patch(principal('alice'), webhook.id, { active: true });
    await until(() => attempts.length === 2);
    expect(await now()).toMatchObject({ active: true, disabledReason: null });
    bench.ahead += MINUTE;
    await until(() => attempts.length === 3);
    expect(await now()).toMatchObject({ active: false, disabledReason: 'failing' });
    answer = 200;
    await bench.webhooks.patch(principal('alice'), webhook.id, { active: true });
    // Without waiting for the next attempt that was due.
    await until(() => ear.taken.length === 2);
    expect(ear.arrivals).toEqual(['exec_1 2', 'exec_1 3']);
  });

  it('rest as long as the receiver asks for, and altogether when it has too much', async () => {
    let answer: number | undefined = 429;
    const busy: Receiver['answer'] = () => (res) => {
      res.writeHead(answer ?? 204, { 'retry-after': '90' }).end();
    };
    const [ear, other] = await Promise.all([receiver(busy), receiver()]);
    const webhook = await bench.webhook(ear.url);
    const { attempts } = bench.begin({ schedule: [1_000, 1_000] });
    bench.feed.happen('exec_1');
    await until(() => attempts.length === 1);
    await bench.webhook(other.url);
    bench.feed.happen('exec_2');
    await until(() => attempts.length === 2);
    bench.ahead += 80_000;
    bench.feed.happen('exec_3');
    await until(() => attempts.length === 3);
    expect(other.taken).toHaveLength(2);
    expect(ear.received).toHaveLength(1);
    const [first] = await bench.of(webhook);
    expect((first?.nextAttemptAt ?? 0) - (first?.lastAttemptAt ?? 0)).toBeGreaterThanOrEqual(90_000);
    answer = undefined;
    bench.ahead += 10_000;
    await until(() => ear.received.length === 4);
  });
});
