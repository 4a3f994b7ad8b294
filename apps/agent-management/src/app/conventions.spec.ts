import { generateSigningKey } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { Agent, AgentExecution, AgentNetwork, AIAgentWorkflow, AIAgentWorkflowVersion } from '@aitbc/shared-domain';
import type { Test } from 'supertest';
import { AgentContextFixture, dataStep } from './testing/agent-context-fixture';

const UPDATERS = 32;

/** A POST that creates one row of `entity`, and what to change in its body for another one. */
interface Creation {
  readonly route: string;
  readonly path: () => string;
  readonly body: () => object;
  readonly other: object;
  readonly entity: new () => object;
}

/** An object whose `field` keeps a text that clients change. */
interface Changeable {
  readonly kind: string;
  readonly make: () => Promise<string>;
  readonly method: 'patch' | 'put';
  readonly field: string;
  readonly bodyWith: (text: string) => object;
}

describeAboveStores('what every object of the agent context honours', (engine) => {
  let fixture: AgentContextFixture;
  let agentId: string;
  let workflowId: string;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine, { worker: false });
    agentId = await fixture.agent();
    workflowId = await fixture.workflow({ one: dataStep('1') });
  });
  afterAll(() => fixture.context.stop());

  const definition = (changes: object = {}) => ({ name: 'W', steps: { one: dataStep('1') }, ...changes });
  const registration = { public_key: generateSigningKey().jwk, capabilities: [] };
  const post = (path: string, body: object, key: string) => fixture.post(path, body).set('Idempotency-Key', key);

  describe('Idempotency-Key', () => {
    const creations: Creation[] = [
      {
        route: 'POST /agents/register',
        path: () => '/agents/register',
        body: () => registration,
        other: { name: 'B' },
        entity: Agent,
      },
      {
        route: 'POST /workflows',
        path: () => '/workflows',
        body: definition,
        other: { name: 'X' },
        entity: AIAgentWorkflow,
      },
      {
        route: 'POST /workflows/{id}/execute',
        path: () => `/workflows/${workflowId}/execute`,
        body: () => ({}),
        other: { inputs: { a: 1 } },
        entity: AgentExecution,
      },
      {
        route: 'POST /networks',
        path: () => '/networks',
        body: () => ({ name: 'N', agents: [agentId] }),
        other: { name: 'M' },
        entity: AgentNetwork,
      },
    ];
    const requestOf = ({ path, body, other, entity }: Creation) => ({
      ...{ path: path(), body: body(), other: { ...body(), ...other }, entity },
    });
    const countOf = (entity: new () => object) => fixture.db.read((manager) => manager.count(entity));

    it.each(creations)('of $route gives the first answer again, and 422 for another body', async (creation) => {
      const { path, body, other, entity } = requestOf(creation);
      const before = await countOf(entity);
      const first = await post(path, body, 'again');
      expect(first.status).toBeLessThan(300);
      const again = await post(path, body, 'again').expect(first.status);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toEqual(first.body);
      for (const header of ['location', 'etag']) expect(again.headers[header]).toBe(first.headers[header]);
      await post(path, other, 'again').expect(422);
      expect(await countOf(entity)).toBe(before + 1);
    });

    it.each(creations)('of $route creates once for many at once', async (creation) => {
      const { path, body, entity } = requestOf(creation);
      const before = await countOf(entity);
      const answers = await Promise.all(Array.from({ length: 8 }, () => post(path, body, 'at once')));
      const done = answers.filter(({ status }) => status < 300);
      expect(new Set(done.map(({ body: answer }) => JSON.stringify(answer))).size).toBe(1);
      expect(answers.filter(({ status }) => status >= 300 && status !== 409)).toEqual([]);
      expect(await countOf(entity)).toBe(before + 1);
    });
  });

  describe('If-Match', () => {
    const change = (method: 'patch' | 'put', path: string, etag: string, body: object): Test =>
      fixture.request(method, path).set('If-Match', etag).send(body);
    const network = async () =>
      String((await fixture.post('/networks', { name: 'N', agents: [agentId] }).expect(201)).body.id);
    const objects: Changeable[] = [
      {
        kind: 'agents',
        make: async () => `/agents/${await fixture.agent()}`,
        method: 'patch',
        field: 'metadata',
        bodyWith: (text) => ({ metadata: { text } }),
      },
      {
        kind: 'workflows',
        make: async () => `/workflows/${await fixture.workflow({ one: dataStep('1') })}`,
        method: 'put',
        field: 'description',
        bodyWith: (text) => definition({ description: text }),
      },
      {
        kind: 'networks',
        make: async () => `/networks/${await network()}`,
        method: 'patch',
        field: 'description',
        bodyWith: (text) => ({ description: text }),
      },
    ];
    const textOf = (body: Record<string, unknown>, field: string): string => {
      const value = body[field] as string | { text?: string } | null;
      return (typeof value === 'string' ? value : value?.text) ?? '';
    };

    it.each(objects)('of $kind loses no update of 32 at once', async ({ make, method, field, bodyWith }) => {
      const path = await make();
      /** Adds one letter to what is there, until nobody was faster. */
      const update = async (): Promise<void> => {
        const { headers, body } = await fixture.get(path).expect(200);
        const answer = await change(method, path, String(headers['etag']), bodyWith(`${textOf(body, field)}x`));
        if (answer.status === 412) return update();
        expect(answer.status).toBe(200);
        expect(answer.headers['etag']).not.toBe(headers['etag']);
      };
      await Promise.all(Array.from({ length: UPDATERS }, update));
      expect(textOf((await fixture.get(path)).body, field)).toBe('x'.repeat(UPDATERS));
    });

    it.each(objects)('of $kind refuses to change or delete another version', async ({ make, method, bodyWith }) => {
      const path = await make();
      const old = String((await fixture.get(path)).headers['etag']);
      const changed = await change(method, path, old, bodyWith('new')).expect(200);
      expect(changed.headers['etag']).toBe((await fixture.get(path)).headers['etag']);
      expect((await change(method, path, old, bodyWith('newer')).expect(412)).body.code).toBe('precondition_failed');
      await fixture.delete(path).set('If-Match', old).expect(412);
      await fixture.delete(path, 'bob').set('If-Match', old).expect(404);
      expect((await fixture.get(path)).body).toEqual(changed.body);
      await fixture.delete(path).set('If-Match', `"other", ${changed.headers['etag']}`).expect(204);
    });

    it('of a workflow counts a change of its visibility alone, which makes no version', async () => {
      const path = `/workflows/${await fixture.workflow({ one: dataStep('1') }, { name: 'W' })}`;
      const old = String((await fixture.get(path)).headers['etag']);
      await change('put', path, old, definition({ is_public: true })).expect(200);
      await change('put', path, old, definition({ name: 'Z' })).expect(412);
      expect(await fixture.db.read((manager) => manager.countBy(AIAgentWorkflowVersion, { name: 'Z' }))).toBe(0);
    });

    it('of an agent outlives a heartbeat', async () => {
      const path = `/agents/${await fixture.agent()}`;
      const etag = String((await fixture.get(path)).headers['etag']);
      await fixture.post(`${path}/heartbeat`, { load: 1 }).expect(200);
      await change('patch', path, etag, { name: 'Still' }).expect(200);
    });
  });
});
