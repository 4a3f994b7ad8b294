import { describeAboveStores } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { dataStep, openWorkflows, type WorkflowFixture, workflowRequest } from './testing/workflow-fixture';

const PATH = '/api/v1/agent/workflows';

describeAboveStores('workflows over HTTP', (engine) => {
  let fixture: WorkflowFixture;
  beforeAll(async () => (fixture = await openWorkflows(engine)));
  beforeEach(() => (fixture.executions.running = 0));

  const as = (subject: string) => {
    const agent = request(fixture.http.app);
    const signed = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
      agent[method](path).set('X-Api-Key', subject);
    return {
      get: (path = '') => signed('get', `${PATH}${path}`),
      post: (body: unknown, path = '') => signed('post', `${PATH}${path}`).send(body as object),
      put: (id: string, body: unknown) => signed('put', `${PATH}/${id}`).send(body as object),
      delete: (path: string) => signed('delete', `${PATH}${path}`),
    };
  };
  const create = async (subject: string, changes: object = {}) => {
    const response = await as(subject).post(workflowRequest(changes)).expect(201);
    return response.body as { id: string; workflow_hash: string; updated_at: string };
  };

  describe('POST /workflows', () => {
    it('answers the whole object with every default filled in', async () => {
      const response = await as('alice')
        .post(workflowRequest({ max_cost_budget: 0.1 }))
        .expect(201);
      expect(response.headers['location']).toBe(`${PATH}/${response.body.id}`);
      expect(response.body).toEqual({
        id: expect.stringMatching(/^wf_/),
        owner_id: 'alice',
        name: 'Two and one',
        description: null,
        tags: ['demo'],
        is_public: false,
        steps: { fetch: expect.anything(), clean: expect.anything(), join: expect.anything() },
        dependencies: { join: ['fetch', 'clean'] },
        outputs: null,
        max_execution_time: 3600,
        max_cost_budget: 0.1,
        requires_verification: true,
        verification_level: 'basic',
        version: 1,
        workflow_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updated_at: response.body.created_at,
      });
      expect(response.body.steps.fetch).toEqual({
        name: 'Data',
        step_type: 'data_processing',
        config: { expression: 'inputs.a' },
        model_requirements: {},
        input_mappings: null,
        output_mappings: null,
        timeout_seconds: 300,
        max_retries: 3,
        retry_policy: {
          initial_interval_ms: 500,
          backoff_coefficient: 2,
          maximum_interval_ms: 30000,
          jitter: true,
          non_retryable_errors: [],
        },
        when: null,
        requires_proof: false,
        verification_level: null,
      });
    });

    it('reads back what it answered, steps in the author’s order', async () => {
      const steps = { z: dataStep('1'), constructor: dataStep('2'), a: dataStep('3', { when: 'inputs.go' }) };
      const created = await create('alice', { steps, dependencies: {}, outputs: { sum: 'steps.a.output' } });
      const read = await as('alice').get(`/${created.id}`).expect(200);
      expect(read.body).toEqual(created);
      expect(Object.keys(read.body.steps)).toEqual(['z', 'constructor', 'a']);
    });

    it('takes 200 steps, and refuses 201 at /steps', async () => {
      const steps = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, dataStep('1')]));
      const created = await create('alice', { steps: steps(200), dependencies: {} });
      expect(Object.keys((await as('alice').get(`/${created.id}`)).body.steps)).toHaveLength(200);
      const refused = await as('alice')
        .post(workflowRequest({ steps: steps(201), dependencies: {} }))
        .expect(422);
      expect(refused.body.errors).toEqual([{ pointer: '/steps', message: 'must have 1 to 200 entries' }]);
    });

    it.each([
      ['no name', { name: '' }, '/name'],
      ['a field that is not known', { owner_id: 'bob' }, '/owner_id'],
      ['a tag with a comma', { tags: ['a,b'] }, '/tags'],
      ['a NUL in the name', { name: 'a\0b' }, '/name'],
      ['a NUL in a tag', { tags: ['a\0b'] }, '/tags'],
      ['a NUL in a condition', { steps: { a: dataStep('1', { when: '"\0"' }) }, dependencies: {} }, '/steps/a/when'],
      ['a tag twice', { tags: ['a', 'a'] }, '/tags'],
      ['more than 20 tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, '/tags'],
      ['a description that is too long', { description: 'x'.repeat(5001) }, '/description'],
      ['a budget finer than a unit', { max_cost_budget: 1e-9 }, '/max_cost_budget'],
      ['an execution time above a week', { max_execution_time: 604_801 }, '/max_execution_time'],
      ['an unknown level', { verification_level: 'best' }, '/verification_level'],
      ['the level that is not there yet', { verification_level: 'zero-knowledge' }, '/verification_level'],
      ['no steps', { steps: {}, dependencies: {} }, '/steps'],
      ['a bad step id', { steps: { 'A-1': dataStep('1') }, dependencies: {} }, '/steps'],
      [
        'an unknown step type',
        { steps: { a: dataStep('1', { step_type: 'magic' }) }, dependencies: {} },
        '/steps/a/step_type',
      ],
      [
        'no time for a step',
        { steps: { a: dataStep('1', { timeout_seconds: 0 }) }, dependencies: {} },
        '/steps/a/timeout_seconds',
      ],
      ['a bad output expression', { outputs: { x: '1 +' } }, '/outputs/x'],
      ['an output that is no expression', { outputs: { x: 5 } }, '/outputs/x'],
      ['an unknown dependency', { dependencies: { join: ['fetch', 'nobody'] } }, '/dependencies/join/1'],
      ['a dependency on itself', { dependencies: { join: ['join'] } }, '/dependencies/join/0'],
      ['a circle', { dependencies: { join: ['fetch'], fetch: ['join'] } }, '/dependencies'],
    ])('refuses %s', async (_what, changes, pointer) => {
      const { body } = await as('alice').post(workflowRequest(changes)).expect(422);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
      expect(body.errors).toHaveLength(1);
    });

    it('stores nothing of what it refuses', async () => {
      const before = (await as('alice').get('?count=true')).headers['x-total-count'];
      await as('alice')
        .post(workflowRequest({ outputs: { x: '(' } }))
        .expect(422);
      expect((await as('alice').get('?count=true')).headers['x-total-count']).toBe(before);
    });

    it('wants credentials, and JSON', async () => {
      await as('mallory').post(workflowRequest()).expect(401);
      await as('alice').post('{', '').set('Content-Type', 'application/json').expect(400);
      await as('alice').post('x', '').set('Content-Type', 'text/plain').expect(415);
    });
  });

  describe('POST /workflows/validate', () => {
    it('tells order and critical path of a good one, and stores nothing', async () => {
      const before = (await as('alice').get('?count=true')).headers['x-total-count'];
      const steps = {
        join: dataStep('1', { timeout_seconds: 10 }),
        fetch: dataStep('1', { timeout_seconds: 20 }),
        clean: dataStep('1', { timeout_seconds: 30 }),
      };
      const { body } = await as('alice').post(workflowRequest({ steps }), '/validate').expect(200);
      expect(body).toEqual({
        valid: true,
        errors: [],
        warnings: [],
        execution_order: ['fetch', 'clean', 'join'],
        critical_path: ['clean', 'join'],
        critical_path_seconds: 40,
      });
      expect((await as('alice').get('?count=true')).headers['x-total-count']).toBe(before);
    });

    it('tells all that is wrong with 200, and the order when the graph is sound', async () => {
      const bad = workflowRequest({ outputs: { x: '1 +' }, verification_level: 'zero-knowledge' });
      const { body } = await as('alice').post(bad, '/validate').expect(200);
      expect(body.valid).toBe(false);
      expect(body.errors.map((e: { pointer: string }) => e.pointer)).toEqual(['/verification_level', '/outputs/x']);
      expect(body.execution_order).toEqual(['fetch', 'clean', 'join']);
    });

    it('gives no order when the graph is not sound', async () => {
      const circle = workflowRequest({ dependencies: { join: ['fetch'], fetch: ['join'] } });
      const { body } = await as('alice').post(circle, '/validate').expect(200);
      expect(body).toMatchObject({ valid: false, execution_order: null, critical_path: null });
      expect(body.errors[0].message).toContain('fetch → join → fetch');
    });

    it('warns of an expression that names a step which it does not see, and takes the workflow all the same', async () => {
      const steps = { fetch: dataStep('1'), clean: dataStep('steps.fetch.output'), join: dataStep('1') };
      const { body } = await as('alice').post(workflowRequest({ steps }), '/validate').expect(200);
      const message = `reads the step 'fetch', on which 'clean' does not depend: it selects nothing`;
      expect(body).toMatchObject({
        ...{ valid: true, errors: [], execution_order: ['fetch', 'clean', 'join'] },
        warnings: [{ pointer: '/steps/clean/config/expression', message }],
      });
      await as('alice').post(workflowRequest({ steps })).expect(201);
    });

    it.each([[{ steps: 5 }], [[1, 2]], [{}]])(
      'answers 200 to well-formed JSON that is no workflow: %j',
      async (body) => {
        const response = await as('alice').post(body, '/validate').expect(200);
        expect(response.body).toMatchObject({ valid: false, warnings: [], execution_order: null });
        expect(response.body.errors).not.toHaveLength(0);
      },
    );

    it('wants credentials', () => as('mallory').post({}, '/validate').expect(401));
  });

  describe('PUT /workflows/{id}', () => {
    it('makes a new version and keeps the old one as it was', async () => {
      const created = await create('alice');
      const changed = await as('alice')
        .put(created.id, workflowRequest({ name: 'New', tags: ['other'] }))
        .expect(200);
      expect(changed.body).toMatchObject({ id: created.id, version: 2, name: 'New', tags: ['other'] });
      const first = await as('alice').get(`/${created.id}/versions/1`).expect(200);
      expect(first.body).toMatchObject({ version: 1, name: 'Two and one', workflow_hash: created.workflow_hash });
      const versions = await as('alice').get(`/${created.id}/versions`).expect(200);
      expect(versions.body).toMatchObject({ items: [{ version: 2, name: 'New' }, { version: 1 }], next_cursor: null });
      const byTag = await as('alice').get('?tags=other');
      expect(byTag.body.items.map((w: { id: string }) => w.id)).toEqual([created.id]);
    });

    it('makes no version when nothing differs', async () => {
      const created = await create('alice');
      const same = await as('alice').put(created.id, workflowRequest()).expect(200);
      expect(same.body).toEqual(created);
    });

    it('makes no version when only is_public differs, but shows it', async () => {
      const created = await create('alice');
      const shown = await as('alice')
        .put(created.id, workflowRequest({ is_public: true }))
        .expect(200);
      expect(shown.body).toMatchObject({ version: 1, is_public: true });
      await as('bob').get(`/${created.id}`).expect(200);
    });

    it('takes the new order of steps for a change', async () => {
      const created = await create('alice', { steps: { a: dataStep('1'), b: dataStep('1') }, dependencies: {} });
      const turned = workflowRequest({ steps: { b: dataStep('1'), a: dataStep('1') }, dependencies: {} });
      const { body } = await as('alice').put(created.id, turned).expect(200);
      expect(body.version).toBe(2);
      expect(Object.keys(body.steps)).toEqual(['b', 'a']);
    });

    it('refuses a bad one and leaves the workflow alone', async () => {
      const created = await create('alice');
      await as('alice')
        .put(created.id, workflowRequest({ dependencies: { join: ['nobody'] } }))
        .expect(422);
      expect((await as('alice').get(`/${created.id}`)).body).toEqual(created);
    });

    it('is 404 for others, even when the workflow is public', async () => {
      const created = await create('alice', { is_public: true });
      await as('bob').put(created.id, workflowRequest()).expect(404);
    });
  });

  describe('DELETE /workflows/{id}', () => {
    it('hides it from every route, for good', async () => {
      const created = await create('alice');
      await as('alice').delete(`/${created.id}`).expect(204);
      await as('alice').get(`/${created.id}`).expect(404);
      await as('alice').get(`/${created.id}/versions`).expect(404);
      await as('alice').get(`/${created.id}/versions/1`).expect(404);
      await as('alice').put(created.id, workflowRequest()).expect(404);
      await as('alice').delete(`/${created.id}`).expect(404);
    });

    it('is 409 while executions run, and then nothing is deleted', async () => {
      const created = await create('alice');
      fixture.executions.running = 3;
      await as('alice').delete(`/${created.id}`).expect(409);
      await as('alice').get(`/${created.id}`).expect(200);
    });

    it('cancels them with force=true', async () => {
      const created = await create('alice');
      fixture.executions.running = 3;
      await as('alice').delete(`/${created.id}?force=true`).expect(204);
      expect(fixture.executions.cancelled).toContain(created.id);
      await as('alice').get(`/${created.id}`).expect(404);
    });

    it('is 422 for a force that is neither true nor false, and 404 for others', async () => {
      const created = await create('alice', { is_public: true });
      const { body } = await as('alice').delete(`/${created.id}?force=maybe`).expect(422);
      expect(body.errors[0].pointer).toBe('?force');
      await as('bob').delete(`/${created.id}?force=true`).expect(404);
    });
  });

  describe('GET /workflows', () => {
    it.each([
      ['?limit=0'],
      ['?limit=201'],
      ['?cursor=x'],
      ['?is_public=maybe'],
      ['?color=red'],
      ['?owner_id=%00'],
      ['?tags=%00'],
    ])('refuses %s', async (query) => {
      const { body } = await as('alice').get(query).expect(422);
      expect(body.errors[0].pointer).toBe(query.split('=')[0]);
    });

    it('pages with cursors and counts when asked', async () => {
      const ids = [];
      for (const n of [1, 2, 3]) ids.push((await create('bob', { name: `n${n}`, tags: ['paged'] })).id);
      const first = await as('bob').get('?tags=paged&limit=2&count=true').expect(200);
      expect(first.headers['x-total-count']).toBe('3');
      const second = await as('bob').get(`?tags=paged&limit=2&cursor=${first.body.next_cursor}`).expect(200);
      const seen = [...first.body.items, ...second.body.items].map((w: { id: string }) => w.id);
      expect(seen).toEqual([...ids].reverse());
      expect(second.body.next_cursor).toBeNull();
    });
  });

  describe('GET /workflows/{id} and its versions', () => {
    it('is 404 for others while it is private, 200 for admins', async () => {
      const created = await create('alice');
      await as('bob').get(`/${created.id}`).expect(404);
      await as('bob').get(`/${created.id}/versions`).expect(404);
      await as('bob').get(`/${created.id}/versions/1`).expect(404);
      await as('root').get(`/${created.id}`).expect(200);
    });

    it.each(['2', '0', '01', '1.0', 'x', '99999999999'])('is 404 for version %s', async (version) => {
      const created = await create('alice');
      await as('alice').get(`/${created.id}/versions/${version}`).expect(404);
    });

    it.each(['nobody', '%00'])('is 404 for a workflow that is not there: %s', async (id) => {
      await as('alice').get(`/${id}`).expect(404);
    });

    it('refuses the cursor of another list', async () => {
      const { id } = await create('alice');
      await create('alice');
      const { next_cursor } = (await as('alice').get('?limit=1')).body;
      const { body } = await as('alice').get(`/${id}/versions?cursor=${next_cursor}`).expect(422);
      expect(body.errors[0].pointer).toBe('?cursor');
    });

    it('pages the versions', async () => {
      const { id } = await create('alice');
      for (const name of ['two', 'three']) await as('alice').put(id, workflowRequest({ name })).expect(200);
      const first = await as('alice').get(`/${id}/versions?limit=2&count=true`).expect(200);
      expect(first.headers['x-total-count']).toBe('3');
      const second = await as('alice').get(`/${id}/versions?limit=2&cursor=${first.body.next_cursor}`).expect(200);
      expect([...first.body.items, ...second.body.items].map((v: { version: number }) => v.version)).toEqual([3, 2, 1]);
    });
  });
});
