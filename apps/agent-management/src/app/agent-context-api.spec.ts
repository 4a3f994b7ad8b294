import { generateSigningKey } from '@aitbc/shared-core';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import {
  AgentExecution,
  AgentStep,
  AIAgentWorkflow,
  AIAgentWorkflowVersion,
  EXECUTION_STATUSES,
} from '@aitbc/shared-domain';
import { In } from 'typeorm';
import { AgentContextFixture, dataStep, jobStep, PREFIX } from './testing/agent-context-fixture';

describeAboveStores('executions over HTTP', (engine) => {
  let fixture: AgentContextFixture;
  let workflowId: string;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    workflowId = await fixture.workflow({ double: dataStep('$inputs.n * 2') });
  });
  afterAll(() => fixture.context.stop());

  const execute = (body: object, subject?: string) => fixture.post(`/workflows/${workflowId}/execute`, body, subject);
  const pointersOf = (response: { body: { errors: { pointer: string }[] } }) =>
    response.body.errors.map(({ pointer }) => pointer);

  describe('POST /workflows/{id}/execute', () => {
    it('answers 202 with the whole execution, and runs it', async () => {
      const response = await execute({ inputs: { n: 21 }, workflow_id: workflowId }).expect(202);
      const { execution_id: id } = response.body;
      expect(response.headers['location']).toBe(`${PREFIX}/executions/${id}`);
      expect(response.body).toEqual({
        id,
        execution_id: expect.stringMatching(/^exec_/),
        owner_id: 'alice',
        workflow_id: workflowId,
        workflow_version: 1,
        created_at: expect.stringMatching(/\.\d{3}Z$/),
        updated_at: response.body.created_at,
        status: 'pending',
        current_step: null,
        total_steps: 1,
        started_at: null,
        estimated_completion: null,
        current_cost: 0,
        estimated_total_cost: null,
        retry_of: null,
      });
      expect(await fixture.until(id)).toMatchObject({ status: 'completed', final_result: { double: 42 } });
    });

    it('estimates from what really ran before', async () => {
      await fixture.until(await fixture.start(workflowId, { inputs: { n: 1 } }));
      const { body } = await execute({ inputs: { n: 1 } }).expect(202);
      expect(Date.parse(body.estimated_completion)).toBeGreaterThanOrEqual(Date.parse(body.created_at));
      expect(body.estimated_total_cost).toBe(0);
    });

    it('runs the version that was asked for, and keeps to it when the workflow changes', async () => {
      const id = await fixture.workflow({ one: dataStep('1') });
      const waiting = await fixture.workflow({ job: jobStep(), then: dataStep('"old"') }, dependsOnJob);
      const running = await fixture.start(waiting, { inputs: { prompt: 'x' } });
      const { job_id: job } =
        (await fixture.until(running, ({ status }) => status === 'waiting')).step_states['job'] ?? {};
      await put(id, { one: dataStep('2') }).expect(200);
      await put(waiting, { job: jobStep(), then: dataStep('"new"') }, dependsOnJob).expect(200);
      const old = await fixture.until(await fixture.start(id, { version: 1 }));
      const current = await fixture.until(await fixture.start(id));
      expect([old.final_result, current.final_result]).toEqual([{ one: 1 }, { one: 2 }]);
      fixture.jobs.end(job ?? '');
      expect((await fixture.until(running)).final_result).toEqual({ then: 'old' });
      await fixture.post(`/workflows/${id}/execute`, { version: 3 }).expect(404);
    });

    it('takes an agent only of the caller, and only an active one', async () => {
      const agentOf = async (subject: string, activate: boolean) => {
        const registration = { public_key: generateSigningKey().jwk, capabilities: [] };
        const { body } = await fixture.post('/agents/register', registration, subject).expect(201);
        if (activate) await fixture.post(`/agents/${body.agent.id}/activate`, {}, subject).expect(200);
        return String(body.agent.agent_id);
      };
      const [own, idle, foreign] = [
        await agentOf('alice', true),
        await agentOf('alice', false),
        await agentOf('bob', true),
      ];
      await execute({ agent_id: own }).expect(202);
      for (const agent_id of [idle, foreign, 'agent_unknown']) {
        expect(pointersOf(await execute({ agent_id }).expect(422))).toEqual(['/agent_id']);
      }
    });

    it.each([
      ['another workflow id', { workflow_id: 'wf_other' }, '/workflow_id'],
      ['a level that is not there yet', { verification_level: 'zero-knowledge' }, '/verification_level'],
      ['inputs of the wrong type', { inputs: [1] }, '/inputs'],
      ['too fine an amount', { max_cost_budget: 0.000000001 }, '/max_cost_budget'],
      ['a negative amount', { max_cost_budget: -1 }, '/max_cost_budget'],
      ['no time', { max_execution_time: 0 }, '/max_execution_time'],
      ['an unknown field', { owner_id: 'bob' }, '/owner_id'],
    ])('refuses %s', async (_, body, pointer) => {
      const before = await countOf(AgentExecution);
      expect(pointersOf(await execute(body).expect(422))).toEqual([pointer]);
      expect(await countOf(AgentExecution)).toBe(before);
    });

    it("hides others' private workflows, and runs public ones as the caller's", async () => {
      await execute({}, 'bob').expect(404);
      await fixture.post('/workflows/wf_unknown/execute').expect(404);
      const shared = await fixture.workflow({ one: dataStep('1') }, { is_public: true });
      const id = await fixture.start(shared, {}, 'bob');
      expect((await fixture.get(`/executions/${id}`, 'bob').expect(200)).body.owner_id).toBe('bob');
      await fixture.get(`/executions/${id}`, 'alice').expect(404);
    });
  });

  describe('GET /executions', () => {
    it('lists own executions by workflow and status, page by page', async () => {
      const id = await fixture.workflow({ one: dataStep('$inputs.fail ? $error("no") : 1', { max_retries: 0 }) });
      const ids: string[] = [];
      for (const fail of [false, true, false]) ids.push(await fixture.start(id, { inputs: { fail } }));
      for (const execution of ids) await fixture.until(execution);
      const list = async (query: string, subject?: string) =>
        fixture.get(`/executions?workflow_id=${id}&${query}`, subject).expect(200);
      const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map((item) => item.id);
      const first = await list('limit=2&count=true');
      expect(first.headers['x-total-count']).toBe('3');
      expect(idsOf(first)).toEqual([ids[2], ids[1]]);
      const second = await list(`limit=2&cursor=${first.body.next_cursor}`);
      expect(idsOf(second)).toEqual([ids[0]]);
      expect(second.body.next_cursor).toBeNull();
      expect(idsOf(await list('status=failed'))).toEqual([ids[1]]);
      expect(idsOf(await list('', 'bob'))).toEqual([]);
      expect(idsOf(await list('', 'root'))).toHaveLength(3);
      await fixture.get('/executions?status=unknown').expect(422);
      await fixture.get('/executions').set('X-Api-Key', 'nobody').expect(401);
    });
  });

  describe('GET /executions/{id}', () => {
    it('answers the whole state, under both paths', async () => {
      const id = await fixture.start(workflowId, { inputs: { n: 4 }, max_cost_budget: 0.5, max_execution_time: 60 });
      await fixture.until(id);
      const { body } = await fixture.get(`/executions/${id}`).expect(200);
      expect((await fixture.get(`/executions/${id}/status`).expect(200)).body).toEqual(body);
      const { started_at, completed_at, updated_at } = body;
      // The end is computed before it is stored.
      expect(Date.parse(updated_at)).toBeGreaterThanOrEqual(Date.parse(completed_at));
      expect(body).toEqual({
        id,
        execution_id: id,
        owner_id: 'alice',
        workflow_id: workflowId,
        workflow_version: 1,
        created_at: expect.any(String),
        updated_at,
        agent_id: null,
        status: 'completed',
        current_step: 'double',
        total_steps: 1,
        completed_steps: 1,
        error_message: null,
        error_code: null,
        failed_step: null,
        started_at,
        paused_at: null,
        completed_at,
        total_execution_time: (Date.parse(completed_at) - Date.parse(started_at)) / 1000,
        total_cost: 0,
        max_execution_time: 60,
        max_cost_budget: 0.5,
        verification_level: 'basic',
        retry_of: null,
        event_seq: 4,
        step_states: {
          double: {
            name: 'Data',
            status: 'completed',
            attempt: 1,
            output: 8,
            error_code: null,
            error_message: null,
            waits_for: null,
            waits_until: null,
            signal: null,
            job_id: null,
            adopted_from: null,
            cost: 0,
            started_at: expect.any(String),
            completed_at: expect.any(String),
          },
        },
        inputs: { n: 4 },
        final_result: { double: 8 },
        verification_proof: null,
      });
    });

    it('is 404 for others and for what is not there', async () => {
      const id = await fixture.start(workflowId, { inputs: { n: 4 } });
      for (const path of ['', '/status', '/logs', '/receipt']) {
        await fixture.get(`/executions/${id}${path}`, 'bob').expect(404);
        await fixture.get(`/executions/exec_unknown${path}`).expect(404);
      }
      await fixture.post(`/executions/${id}/cancel`, {}, 'bob').expect(404);
      await fixture.post('/executions/exec_unknown/cancel').expect(404);
      await fixture.get(`/executions/${id}`, 'root').expect(200);
    });

    it('logs what each step did', async () => {
      const id = await fixture.start(workflowId, { inputs: { n: 4 } });
      await fixture.until(id);
      const { body } = await fixture.get(`/executions/${id}/logs`).expect(200);
      expect(body).toMatchObject({ execution_id: id, workflow_id: workflowId, status: 'completed' });
      expect(body.step_logs).toEqual([
        {
          step_id: 'double',
          name: 'Data',
          step_type: 'data_processing',
          attempt: 1,
          status: 'completed',
          started_at: expect.any(String),
          completed_at: expect.any(String),
          execution_time: expect.any(Number),
          error_code: null,
          error_message: null,
          gpu_accelerated: null,
          memory_usage: null,
          cost: 0,
          retry_count: 0,
        },
      ]);
    });
  });

  describe('POST /executions/{id}/cancel', () => {
    it('cancels once, with its reason in the history', async () => {
      const waiting = await fixture.workflow({ job: jobStep(), then: dataStep('1') }, dependsOnJob);
      const id = await fixture.start(waiting, { inputs: { prompt: 'x' } });
      await fixture.until(id, ({ status }) => status === 'waiting');
      const { body } = await fixture.post(`/executions/${id}/cancel`, { reason: 'too dear' }).expect(200);
      expect(body).toMatchObject({ status: 'cancelled', error_code: 'cancelled', error_message: 'too dear' });
      expect(body.step_states).toMatchObject({ job: { status: 'cancelled' }, then: { status: 'cancelled' } });
      await fixture.post(`/executions/${id}/cancel`).expect(409);
      expect(await fixture.history(id)).toEqual([
        'execution.started',
        'step.started job',
        'step.waiting job',
        'execution.cancelled',
      ]);
    });
  });

  it('counts executions in the stats', async () => {
    // What the tests before have started and not waited for would go on between the two looks.
    const busy = () =>
      fixture.db.read((manager) => manager.countBy(AgentExecution, { status: In(['pending', 'running']) }));
    await waitFor(async () => (await busy()) === 0);
    const { total_executions: total, executions_by_status: byStatus } = (await fixture.get('/stats').expect(200)).body;
    expect(total).toBe(await countOf(AgentExecution));
    expect(Object.keys(byStatus)).toEqual(EXECUTION_STATUSES);
    const statuses = await fixture.db.read((manager) => manager.find(AgentExecution, { select: { status: true } }));
    for (const status of EXECUTION_STATUSES) {
      expect([status, byStatus[status]]).toEqual([status, statuses.filter((row) => row.status === status).length]);
    }
  });

  it.each([
    ['201 steps', { steps: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`s${n}`, dataStep('1')])) }],
    ['a cycle', { steps: twoSteps(), dependencies: { a: ['b'], b: ['a'] } }],
    ['a dependency on nothing', { steps: twoSteps(), dependencies: { a: ['c'] } }],
  ])('stores nothing of a workflow with %s', async (_, body) => {
    const counts = () => Promise.all([AIAgentWorkflow, AIAgentWorkflowVersion, AgentStep].map(countOf));
    const before = await counts();
    await fixture.post('/workflows', { name: 'Bad', ...body }).expect(422);
    expect(await counts()).toEqual(before);
  });

  const dependsOnJob = { dependencies: { then: ['job'] } };

  function put(id: string, steps: object, changes: object = {}) {
    return fixture.request('put', `/workflows/${id}`).send({ name: 'Test', steps, ...changes });
  }

  function countOf(entity: new () => object): Promise<number> {
    return fixture.db.read((manager) => manager.count(entity));
  }
});

function twoSteps() {
  return { a: dataStep('1'), b: dataStep('2') };
}
