import { describeAboveStores } from '@aitbc/shared-core/testing';
import { ExecutionSignal } from '@aitbc/shared-domain';
import { AgentContextFixture, codeStep, dataStep, jobStep } from '../../testing/agent-context-fixture';

const waitFor = (wait: object, changes: object = {}) => ({
  name: 'Wait',
  step_type: 'data_processing',
  config: { wait_for: wait },
  ...changes,
});
const UNKNOWN = 'exec_00000000-0000-7000-8000-000000000000';

describeAboveStores('control of executions over HTTP', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => (fixture = await AgentContextFixture.open(engine)));
  afterAll(() => fixture.context.stop());

  const begin = async (steps: Record<string, object>, changes: object = {}, body: object = {}) =>
    fixture.start(await fixture.workflow(steps, changes), body);
  const waiting = (id: string) => fixture.until(id, ({ status }) => status === 'waiting');
  const send = (id: string, name: string, data: unknown, subject?: string) =>
    fixture.post(`/executions/${id}/signals/${name}`, { data }, subject);

  describe('signals', () => {
    it('end the wait of a step, and are its output', async () => {
      const id = await begin({ ask: waitFor({ signal: 'approve' }) });
      expect((await waiting(id)).step_states['ask']).toMatchObject({ waits_for: 'signal', signal: 'approve' });
      const { body } = await send(id, 'approve', { by: 'Ann' }).expect(202);
      expect(body).toMatchObject({ execution_id: id, name: 'approve', sent_by: 'alice' });
      expect(await fixture.until(id)).toMatchObject({ status: 'completed', final_result: { ask: { by: 'Ann' } } });
      const stored = await fixture.db.read((manager) => manager.findOneByOrFail(ExecutionSignal, { id: body.id }));
      expect(stored.consumedAt).not.toBeNull();
    });

    it('are seen by expressions and code', async () => {
      const code = 'export default ({ by }) => by.toUpperCase();';
      const shout = { input_mappings: { by: 'signal.by' }, config: { code, wait_for: { signal: 'b' } } };
      const steps = {
        ask: { ...dataStep('$signal.by & "!"'), config: { expression: '$signal.by & "!"', wait_for: { signal: 'a' } } },
        shout: codeStep(code, shout),
      };
      const id = await begin(steps);
      await send(id, 'a', { by: 'ann' }).expect(202);
      await send(id, 'b', { by: 'bob' }).expect(202);
      expect((await fixture.until(id)).final_result).toEqual({ ask: 'ann!', shout: 'BOB' });
    });

    it('are kept once under an idempotency key', async () => {
      const id = await begin({ first: waitFor({ signal: 'go' }), second: waitFor({ signal: 'go' }) });
      const twice = () => send(id, 'go', 1).set('Idempotency-Key', 'same').expect(202);
      const [one, two] = [await twice(), await twice()];
      expect(two.body).toEqual(one.body);
      const state = await fixture.until(id, ({ step_states }) => step_states['first']?.status === 'completed');
      expect(state.step_states['second']?.status).toBe('waiting');
      await send(id, 'go', 2).expect(202);
      expect((await fixture.until(id)).final_result).toEqual({ first: 1, second: 2 });
    });

    it('are refused when the execution has ended, is not the caller’s, or the name is no name', async () => {
      const id = await begin({ only: dataStep('1') });
      await fixture.until(id);
      await send(id, 'go', 1).expect(409);
      await send(id, 'go', 1, 'bob').expect(404);
      await send(UNKNOWN, 'go', 1).expect(404);
      await send(id, '1st', 1).expect(422);
    });
  });

  it('waits for a time', async () => {
    // Long enough to be seen, whatever the machine does meanwhile; and short enough to be waited for.
    const long = await begin({ rest: waitFor({ seconds: 600 }) });
    const { step_states } = await waiting(long);
    expect(step_states['rest']).toMatchObject({ waits_for: 'timer', waits_until: expect.stringMatching(/Z$/) });
    await fixture.post(`/executions/${long}/cancel`).expect(200);
    const short = await begin({ rest: waitFor({ seconds: 0.2 }) });
    expect(await fixture.until(short)).toMatchObject({ status: 'completed', final_result: { rest: null } });
    expect(await fixture.history(short)).toContain('step.waiting rest');
  });

  describe('pausing', () => {
    it('holds no worker, and goes on where it was', async () => {
      const id = await begin({ ask: waitFor({ signal: 'go' }), then: dataStep('$steps.ask.output') }, dependsOnAsk);
      await waiting(id);
      const { body } = await fixture.post(`/executions/${id}/pause`, { reason: 'lunch' }).expect(200);
      expect(body).toMatchObject({ status: 'paused', paused_at: expect.stringMatching(/Z$/) });
      await fixture.post(`/executions/${id}/pause`).expect(409);
      await send(id, 'go', 5).expect(202);
      expect((await fixture.status(id)).status).toBe('paused');
      await fixture.post(`/executions/${id}/resume`).expect(200);
      expect((await fixture.until(id)).final_result).toEqual({ then: 5 });
      await fixture.post(`/executions/${id}/resume`).expect(409);
    });

    it('is for the owner alone', async () => {
      const id = await begin({ ask: waitFor({ signal: 'go' }) });
      for (const action of ['pause', 'resume', 'cancel', 'retry']) {
        await fixture.post(`/executions/${id}/${action}`, {}, 'bob').expect(404);
      }
      await fixture.post(`/executions/${id}/cancel`).expect(200);
    });
  });

  describe('retrying', () => {
    const flaky = (expression: string) => ({ a: dataStep('$inputs.n'), b: dataStep(expression), c: dataStep('3') });
    const chain = { dependencies: { b: ['a'], c: ['b'] } };
    const fails = '$number("x")';

    it('adopts what was completed, and goes on with a mended version', async () => {
      const workflow = await fixture.workflow(flaky(fails), chain);
      const id = await fixture.start(workflow, { inputs: { n: 1 } });
      expect((await fixture.until(id)).failed_step).toBe('b');
      const mended = { name: 'Test', steps: flaky('$steps.a.output + 1'), ...chain };
      await fixture.request('put', `/workflows/${workflow}`).send(mended).expect(200);
      const { body } = await fixture.post(`/executions/${id}/retry`, { version: 2 }).expect(202);
      expect(body).toMatchObject({ retry_of: id, workflow_version: 2, total_steps: 3 });
      const state = await fixture.until(body.execution_id);
      expect(state).toMatchObject({ status: 'completed', final_result: { c: 3 } });
      expect(state.step_states).toMatchObject({ a: { output: 1, adopted_from: id }, b: { adopted_from: null } });
      const again = await fixture.post(`/executions/${id}/retry`, { version: 2, from_step: 'a' }).expect(202);
      expect((await fixture.until(again.body.execution_id)).step_states['a']).toMatchObject({ adopted_from: null });
    });

    it('refuses what makes no sense', async () => {
      const workflow = await fixture.workflow(flaky(fails), chain);
      const id = await fixture.start(workflow, { inputs: { n: 1 } });
      await fixture.until(id);
      const changed = { name: 'Test', steps: { ...flaky('1'), a: dataStep('2') }, ...chain };
      await fixture.request('put', `/workflows/${workflow}`).send(changed).expect(200);
      const pointers = async (body: object) => {
        const response = await fixture.post(`/executions/${id}/retry`, body).expect(422);
        return response.body.errors.map(({ pointer }: { pointer: string }) => pointer);
      };
      expect(await pointers({ version: 2 })).toEqual(['/version']);
      expect(await pointers({ from_step: 'nobody' })).toEqual(['/from_step']);
      expect(await pointers({ from_step: 5 })).toEqual(['/from_step']);
      await fixture.post(`/executions/${id}/retry`, { version: 9 }).expect(404);
      const running = await begin({ ask: waitFor({ signal: 'go' }) });
      await fixture.post(`/executions/${running}/retry`).expect(409);
      await fixture.post(`/executions/${running}/cancel`).expect(200);
      await fixture.post(`/executions/${running}/retry`).expect(202);
    });
  });

  describe('in bulk', () => {
    it('cancels what matches, and tells the counts', async () => {
      const workflow = await fixture.workflow({ ask: waitFor({ signal: 'go' }) });
      const ids = await Promise.all(Array.from({ length: 5 }, () => fixture.start(workflow)));
      const other = await begin({ ask: waitFor({ signal: 'go' }) });
      const bulk = (body: object, subject?: string) => fixture.post('/executions/cancel', body, subject);
      expect((await bulk({ workflow_id: workflow }, 'bob').expect(200)).body.matched).toBe(0);
      const { body } = await bulk({ workflow_id: workflow, limit: 3, reason: 'enough' }).expect(200);
      expect(body).toEqual({ matched: 3, cancelled: 3, unchanged: 0, more: true });
      await bulk({ execution_ids: ids }).expect(200, { matched: 2, cancelled: 2, unchanged: 0, more: false });
      for (const id of ids) expect((await fixture.status(id)).status).toBe('cancelled');
      expect(['waiting', 'running', 'pending']).toContain((await fixture.status(other)).status);
      await bulk({}).expect(422);
      await bulk({ status: 'completed' }).expect(422);
      await bulk({ created_from: 'yesterday' }).expect(422);
      await bulk({ created_from: '2020-01-01T00:00:00Z', created_until: '2020-01-02T00:00:00Z' }).expect(200);
    });

    it('retries what failed once, however often it is asked', async () => {
      const workflow = await fixture.workflow({ bad: dataStep('$number("x")') });
      const ids = await Promise.all([1, 2, 3].map(() => fixture.start(workflow)));
      for (const id of ids) await fixture.until(id);
      const bulk = () => fixture.post('/executions/retry', { execution_ids: ids }).expect(200);
      expect((await bulk()).body).toEqual({ matched: 3, retried: 3, unchanged: 0, more: false });
      expect((await bulk()).body).toEqual({ matched: 0, retried: 0, unchanged: 0, more: false });
    });
  });

  it('ends before a step that its budget cannot pay', async () => {
    const id = await begin({ job: jobStep({ model_requirements: { max_price: 2 } }) }, { max_cost_budget: 1 });
    expect(await fixture.until(id)).toMatchObject({ status: 'failed', error_code: 'budget_exceeded', total_cost: 0 });
  });
});

const dependsOnAsk = { dependencies: { then: ['ask'] } };
