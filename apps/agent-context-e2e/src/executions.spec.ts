import { type Actor, actor, admin } from './testing/actors';
import { active } from './testing/agents';
import { started, until } from './testing/executions';
import { Miner } from './testing/miner';
import { allOf } from './testing/pages';
import { EXECUTIONS, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT } from './testing/shapes';
import { created, dataStep, inferenceStep, workflowBody } from './testing/workflows';

let alice: Actor;
let miner: Miner;
let waiting: string;
beforeAll(async () => {
  alice = await actor('client');
  miner = await Miner.online();
  waiting = await created(alice, { steps: { ask: inferenceStep(miner.model) } });
});

/** An execution that does not end before somebody does something: its job is taken by nobody. */
async function pendingExecution(): Promise<string> {
  const id = await started(alice, waiting, { inputs: { prompt: 'later' } });
  await until(alice, id, ({ status }) => status === 'waiting');
  return id;
}

describe('starting executions', () => {
  it('answers 202 with what is known at once', async () => {
    const workflow = await created(alice);
    const agent_id = await active(alice);
    const body = {
      workflow_id: workflow,
      inputs: { n: 41 },
      agent_id,
      verification_level: 'full',
      max_execution_time: 60,
      max_cost_budget: 0.5,
      version: 1,
    };
    const { body: answer } = await alice.http.post(`${WORKFLOWS}/${workflow}/execute`, body, 202);
    expect(answer).toMatchObject({ workflow_id: workflow, total_steps: 1, current_cost: 0 });
    expect(answer.execution_id).toMatch(idOf('exec'));
    expect(['pending', 'running', 'waiting', 'completed']).toContain(answer.status);
    for (const field of ['current_step', 'started_at', 'estimated_completion', 'estimated_total_cost']) {
      expect(answer).toHaveProperty(field);
    }
    const { id, execution_id, ...status } = await until(alice, answer.execution_id);
    expect([id, execution_id]).toEqual([answer.execution_id, answer.execution_id]);
    expect(status).toMatchObject({
      workflow_id: workflow,
      workflow_version: 1,
      status: 'completed',
      inputs: { n: 41 },
      final_result: { only: 42 },
      step_states: { only: { status: 'completed' } },
      total_steps: 1,
      completed_steps: 1,
      error_message: null,
      failed_step: null,
      total_cost: 0,
      verification_level: 'full',
      started_at: expect.stringMatching(INSTANT),
      completed_at: expect.stringMatching(INSTANT),
      total_execution_time: expect.any(Number),
    });
  });

  it('runs the version that it is told, and stays on it', async () => {
    const workflow = await created(alice, { steps: { only: dataStep("'first'") } });
    await alice.http.put(`${WORKFLOWS}/${workflow}`, workflowBody({ steps: { only: dataStep("'second'") } }));
    const first = await until(alice, await started(alice, workflow, { version: 1 }));
    const current = await until(alice, await started(alice, workflow));
    expect(first).toMatchObject({ workflow_version: 1, final_result: { only: 'first' } });
    expect(current).toMatchObject({ workflow_version: 2, final_result: { only: 'second' } });
    expectProblem(await alice.http.post(`${WORKFLOWS}/${workflow}/execute`, { version: 3 }, 404));
  });

  it('refuses a workflow_id that is not the path’s', async () => {
    const workflow = await created(alice);
    const response = await alice.http.post(`${WORKFLOWS}/${workflow}/execute`, { workflow_id: 'wf_other' }, 422);
    expectProblem(response, ['/workflow_id']);
  });
});

describe('looking at executions', () => {
  it('answers the same at both addresses', async () => {
    const id = await started(alice, await created(alice), { inputs: { n: 1 } });
    await until(alice, id);
    const { body } = await alice.http.get(`${EXECUTIONS}/${id}`);
    expect((await alice.http.get(`${EXECUTIONS}/${id}/status`)).body).toEqual(body);
  });

  it('shows them to their owner and to admins only', async () => {
    const id = await started(alice, await created(alice, { is_public: true }), { inputs: { n: 1 } });
    await until(alice, id);
    await admin.get(`${EXECUTIONS}/${id}`);
    const bob = await actor('client');
    for (const path of ['', '/status', '/logs', '/cost', '/receipt']) {
      expectProblem(await bob.http.get(`${EXECUTIONS}/${id}${path}`, 404));
    }
    expectProblem(await bob.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 404));
    expect(await allOf(bob, EXECUTIONS)).toEqual([]);
  });

  it('lists them by workflow and status, page by page', async () => {
    const workflow = await created(alice);
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(await started(alice, workflow, { inputs: { n } }));
    for (const id of ids) await until(alice, id);
    const idsOf = async (query: string) =>
      (await allOf<{ execution_id: string }>(alice, `${EXECUTIONS}?workflow_id=${workflow}&${query}`)).map(
        ({ execution_id }) => execution_id,
      );
    expect((await idsOf('limit=2')).sort()).toEqual([...ids].sort());
    expect((await idsOf('status=completed')).sort()).toEqual([...ids].sort());
    expect(await idsOf('status=failed')).toEqual([]);
    const { headers } = await alice.http.get(`${EXECUTIONS}?workflow_id=${workflow}&count=true`);
    expect(headers['x-total-count']).toBe('3');
  });

  it('keeps a log of each step', async () => {
    const steps = { one: dataStep('1'), two: dataStep('2') };
    const id = await started(alice, await created(alice, { steps, dependencies: { two: ['one'] } }));
    await until(alice, id);
    const { body } = await alice.http.get(`${EXECUTIONS}/${id}/logs`);
    expect(body).toMatchObject({ execution_id: id, status: 'completed', workflow_id: expect.any(String) });
    expect(body.step_logs.map(({ step_id }: { step_id: string }) => step_id)).toEqual(['one', 'two']);
    for (const log of body.step_logs) {
      expect(log).toMatchObject({
        name: 'Compute',
        attempt: 1,
        status: 'completed',
        started_at: expect.stringMatching(INSTANT),
        completed_at: expect.stringMatching(INSTANT),
        execution_time: expect.any(Number),
        error_message: null,
        retry_count: 0,
      });
      for (const field of ['gpu_accelerated', 'memory_usage']) expect(log).toHaveProperty(field);
    }
  });

  it('tells what each attempt has cost, and out of what', async () => {
    const priced = await Miner.online();
    const offer = { services: ['llm_inference'], models: [priced.model], price: 0.07 };
    await priced.actor.http.put(`/api/v1/miners/${priced.id}/capabilities`, offer);
    const retry_policy = { initial_interval_ms: 1, jitter: false };
    const steps = { ask: inferenceStep(priced.model, { max_retries: 1, retry_policy }), then: dataStep('1') };
    const inputs = { prompt: 'hello' };
    const workflow = await created(alice, { steps, dependencies: { then: ['ask'] } });
    const id = await started(alice, workflow, { inputs, max_cost_budget: 1 });
    const failed = await priced.take();
    await priced.fail(failed, 'no memory');
    const done = await priced.take();
    await priced.complete(done, { text: 'hi' });
    await until(alice, id);
    const { body } = await alice.http.get(`${EXECUTIONS}/${id}/cost`);
    const ask = { step_id: 'ask', step_type: 'inference' };
    expect(body).toEqual({
      ...{ execution_id: id, status: 'completed', total_cost: 0.07, reserved_cost: 0, budget: 1 },
      steps: [
        { ...ask, attempt: 1, cost: 0, basis: { kind: 'job', job_id: failed.job_id } },
        {
          ...{ ...ask, attempt: 2, cost: 0.07, basis: { kind: 'job', job_id: done.job_id } },
          job_receipt_id: expect.stringMatching(idOf('rcpt')),
        },
        { step_id: 'then', step_type: 'data_processing', attempt: 1, cost: 0, basis: { kind: 'none' } },
      ],
    });
  });

  it.each(['', '/status', '/logs', '/cost', '/receipt'])('answers 404 for an unknown one at %s', async (path) => {
    expectProblem(await alice.http.get(`${EXECUTIONS}/exec_none${path}`, 404));
  });
});

describe('cancelling executions', () => {
  it('ends a waiting one and its steps for good', async () => {
    const id = await pendingExecution();
    expect((await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 200)).body.status).toBe('cancelled');
    const cancelled = await until(alice, id);
    expect(cancelled).toMatchObject({ status: 'cancelled', step_states: { ask: { status: 'cancelled' } } });
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 409));
  });

  it('is refused for one that is complete, and changes nothing', async () => {
    const id = await started(alice, await created(alice), { inputs: { n: 1 } });
    const before = await until(alice, id);
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 409));
    expect(await until(alice, id)).toEqual(before);
    expectProblem(await alice.http.post(`${EXECUTIONS}/exec_none/cancel`, {}, 404));
  });
});

describe('deleting a workflow that runs', () => {
  it('is refused, unless force cancels its executions', async () => {
    const workflow = await created(alice, { steps: { ask: inferenceStep(miner.model) } });
    const id = await started(alice, workflow, { inputs: { prompt: 'later' } });
    await until(alice, id, ({ status }) => status === 'waiting');
    expectProblem(await alice.http.delete(`${WORKFLOWS}/${workflow}`, 409));
    await alice.http.get(`${WORKFLOWS}/${workflow}`);
    await alice.http.delete(`${WORKFLOWS}/${workflow}?force=true`);
    expect(await until(alice, id)).toMatchObject({ status: 'cancelled' });
    expectProblem(await alice.http.get(`${WORKFLOWS}/${workflow}`, 404));
  });
});
