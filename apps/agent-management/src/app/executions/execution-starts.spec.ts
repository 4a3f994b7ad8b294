import { describeOnEngines } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep } from '../testing/agent-context-fixture';

describeOnEngines('executions that start together', (engine) => {
  let fixture: AgentContextFixture;
  let workflow: string;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    workflow = await fixture.workflow({ a: dataStep('inputs.n') });
  });
  afterAll(() => fixture.context.stop());

  const start = (body: object, headers: Record<string, string> = {}, id = workflow) =>
    fixture.post(`/workflows/${id}/execute`, body).set(headers);
  const stored = async () => (await fixture.get('/executions?count=true&limit=1')).headers['x-total-count'];

  it('all run, and each with its own inputs', async () => {
    const numbers = Array.from({ length: 120 }, (_, n) => n);
    const ids = await Promise.all(numbers.map((n) => fixture.start(workflow, { inputs: { n } })));
    const results = await Promise.all(ids.map((id) => fixture.until(id)));
    expect(results.map(({ final_result }) => final_result)).toEqual(numbers.map((a) => ({ a })));
  });

  it('are refused one by one, and take nobody along', async () => {
    const hidden = await fixture.workflow({ a: dataStep('1') }, {}, 'bob');
    const deleted = await fixture.workflow({ a: dataStep('1') });
    await fixture.delete(`/workflows/${deleted}`).expect(204);
    const suspended = await fixture.agent();
    const active = await fixture.agent();
    await fixture.post(`/agents/${active}/activate`).expect(200);
    const before = Number(await stored());
    const answers = await Promise.all([
      start({ inputs: { n: 1 } }),
      start({ inputs: { n: 1 } }, {}, hidden),
      start({ inputs: { n: 2 }, agent_id: active }),
      start({ inputs: { n: 1 } }, {}, deleted),
      start({ inputs: { n: 1 }, agent_id: suspended }),
      start({ inputs: { n: 1 }, agent_id: 'nobody' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([202, 404, 202, 404, 422, 422]);
    expect(answers[4]?.body.errors).toEqual([
      { pointer: '/agent_id', message: `agent '${suspended}' is registered, not active` },
    ]);
    expect(Number(await stored())).toBe(before + 2);
  });

  it('are stored once for each key, whoever starts beside them', async () => {
    const before = Number(await stored());
    const keys = Array.from({ length: 10 }, (_, n) => ({ 'Idempotency-Key': `start-${n}` }));
    const first = await Promise.all(keys.map((key, n) => start({ inputs: { n } }, key)));
    expect(first.map(({ status }) => status)).toEqual(keys.map(() => 202));
    const again = await Promise.all([
      ...keys.map((key, n) => start({ inputs: { n } }, key)),
      start({ inputs: { n: 99 } }, { 'Idempotency-Key': 'start-new' }),
    ]);
    expect(again.slice(0, 10).map(({ body }) => body)).toEqual(first.map(({ body }) => body));
    expect(again.map(({ headers }) => headers['idempotency-replayed'] === 'true')).toEqual([
      ...keys.map(() => true),
      false,
    ]);
    expect(Number(await stored())).toBe(before + 11);
  });

  it('are stored once when two processes get the same key at the same time', async () => {
    const url = await engine.freshUrl();
    const both = [
      await AgentContextFixture.open(engine, { url }),
      await AgentContextFixture.open(engine, { url, worker: false }),
    ] as const;
    const id = await both[0].workflow({ a: dataStep('inputs.n') });
    const post = (fixture: AgentContextFixture, n: number) =>
      fixture.post(`/workflows/${id}/execute`, { inputs: { n } }).set('Idempotency-Key', `both-${n}`);
    const pairs = await Promise.all(
      Array.from({ length: 20 }, (_, n) => Promise.all([post(both[0], n), post(both[1], n)])),
    );
    for (const [one, other] of pairs) {
      expect([one.status, other.status]).toEqual([202, 202]);
      expect(one.body.execution_id).toBe(other.body.execution_id);
    }
    const { headers } = await both[1].get('/executions?count=true&limit=1');
    expect(headers['x-total-count']).toBe('20');
    await Promise.all(both.map(({ context }) => context.stop()));
  });
});
