import { createHmac } from 'node:crypto';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, ISSUER } from '../testing/agent-context-fixture';
import { Receiver } from './testing/receiver';

interface Shown {
  readonly id: string;
  readonly event_type: string;
  readonly seq: number | null;
  readonly status: string;
  readonly last_error: string | null;
}

/** All of it together: executions that really run, their feed, the API and a receiver. */
describeAboveStores('events of executions', (engine) => {
  let fixture: AgentContextFixture;
  let ear: Receiver;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    ear = await new Receiver().start();
  });
  afterAll(async () => {
    await fixture.context.stop();
    await ear.stop();
  });

  const until = <T>(condition: () => T | Promise<T>) => waitFor(condition, { timeoutMs: 25_000 });
  async function deliveries(webhook: string, query = ''): Promise<Shown[]> {
    const { body } = await fixture.get(`/webhooks/${webhook}/deliveries?limit=200${query}`).expect(200);
    return (body.items as Shown[]).toReversed();
  }

  it('come to the webhook of their owner, all and in order, and are shown to have come', async () => {
    const { body: webhook } = await fixture.post('/webhooks', { url: ear.url }).expect(201);
    const workflow = await fixture.workflow(
      { one: dataStep('1'), two: dataStep('$steps.one.output + 1') },
      {
        dependencies: { two: ['one'] },
      },
    );
    const ids = [await fixture.start(workflow), await fixture.start(workflow)];
    const histories = new Map<string, string[]>();
    for (const id of ids) {
      await fixture.until(id);
      histories.set(id, await fixture.history(id));
    }
    const total = [...histories.values()].flat().length;
    await until(() => ear.taken.length === total);
    for (const [id, history] of histories) {
      const events = ear.taken.map(({ event }) => event).filter(({ subject }) => subject === id);
      expect(events.map(({ type }) => type)).toEqual(history.map((entry) => `com.aitbc.${entry.split(' ')[0]}`));
      expect(events.map(({ data }) => data['seq'])).toEqual(history.map((_, index) => index + 1));
      expect(events[0]).toMatchObject({ source: ISSUER, data: { execution_id: id, workflow_id: workflow } });
    }
    for (const { headers, text } of ear.taken) {
      const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
      const key = Buffer.from(String(webhook.secret).slice(6), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    }
    await until(async () => (await deliveries(webhook.id, '&status=succeeded')).length === total);
    const ofOne = await deliveries(webhook.id, `&execution_id=${ids[0]}`);
    expect(ofOne.map(({ seq }) => seq)).toEqual(histories.get(ids[0] ?? '')?.map((_, index) => index + 1));
    // The secret is in no log line, and neither is the URL.
    expect(JSON.stringify([fixture.lines, fixture.http.lines])).not.toMatch(/whsec_|\/hook/);
    await fixture.delete(`/webhooks/${webhook.id}`).expect(204);
  });

  it('that cannot be delivered are shown to be dead, and are delivered when they are asked for again', async () => {
    ear.received.splice(0);
    ear.answer = () => 503;
    const { body: webhook } = await fixture
      .post('/webhooks', { url: ear.url, event_types: ['execution.completed'] })
      .expect(201);
    await fixture.run({ one: dataStep('1') });
    await until(async () => (await deliveries(webhook.id, '&status=dead')).length === 1);
    const [dead] = await deliveries(webhook.id);
    expect(dead).toMatchObject({ event_type: 'execution.completed', attempts: 4, last_error: 'answered 503' });
    ear.answer = () => 204;
    await fixture.post(`/webhooks/${webhook.id}/deliveries/${dead?.id}/replay`).expect(202);
    await until(async () => (await deliveries(webhook.id))[0]?.status === 'succeeded');
    await fixture.post(`/webhooks/${webhook.id}/replay`, { since: '2020-01-01T00:00:00Z' }).expect(202, {
      replayed: 1,
      next_after: null,
    });
    await until(() => ear.received.length === 6);
    expect(new Set(ear.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await fixture.post(`/webhooks/${webhook.id}/replay`, { since: 'yesterday' }).expect(422);
  });

  it('are not sent to an address that became forbidden, and the delivery says so without naming it', async () => {
    const { body: webhook } = await fixture.post('/webhooks', { url: 'http://localhost:1/hook' }).expect(201);
    const { body: test } = await fixture.post(`/webhooks/${webhook.id}/test`).expect(202);
    await until(async () => (await deliveries(webhook.id))[0]?.status === 'dead');
    const { body } = await fixture.get(`/webhooks/${webhook.id}/deliveries/${test.id}`).expect(200);
    expect(body.last_error).toMatch(/could not be resolved|has no address|public address/);
    expect(body.last_error).not.toMatch(/127\.|::1/);
  });
});
