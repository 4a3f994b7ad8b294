import { AppError } from '@aitbc/shared-core';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, jobStep, QUICK_RETRY } from '../testing/agent-context-fixture';
import { TestJobClient } from '../testing/test-job-client';

const PROMPT = { inputs: { prompt: 'hello' } };

describeAboveStores('steps that the miners do', (engine) => {
  let fixture: AgentContextFixture;
  let jobs: TestJobClient;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    jobs = fixture.jobs;
  });
  beforeEach(() => {
    jobs.away = false;
    jobs.endNext = () => undefined;
    jobs.beforeAnswer = () => Promise.resolve();
  });
  afterAll(() => fixture.context.stop());

  /** Starts an execution of one job step and one after it; gives its id and that of the job. */
  async function startJob(changes: object = {}): Promise<{ id: string; job: string }> {
    const steps = { job: jobStep(changes), then: dataStep('$steps.job.output') };
    const id = await fixture.start(await fixture.workflow(steps, { dependencies: { then: ['job'] } }), PROMPT);
    const { step_states: states } = await fixture.until(id, ({ status }) => status === 'waiting');
    return { id, job: states['job']?.job_id ?? '' };
  }

  it('are found ended by a process that starts after their jobs have ended, before they look by themselves', async () => {
    const parts = { url: await engine.freshUrl(), jobs: new TestJobClient() };
    const before = await AgentContextFixture.open(engine, parts);
    const id = await before.start(await before.workflow({ job: jobStep() }), PROMPT);
    const { step_states: states } = await before.until(id, ({ status }) => status === 'waiting');
    await before.context.stop();
    parts.jobs.end(states['job']?.job_id ?? '', { result: 'done' });
    const after = await AgentContextFixture.open(engine, parts);
    expect(await after.until(id)).toMatchObject({ status: 'completed', final_result: { job: 'done' } });
    await after.context.stop();
  });

  it('submits what the step says for the owner, waits without a worker, and adopts the result', async () => {
    const requirements = { provider: 'coordinator', gpu: 'RTX 4090', min_vram_gb: 8, model: 'tiny' };
    const { id, job } = await startJob({ model_requirements: requirements });
    expect(jobs.submissions.at(-1)).toEqual({
      jobId: job,
      serviceType: 'llm_inference',
      serviceRequest: { model: 'tiny', prompt: 'hello' },
      constraints: { gpu: 'RTX 4090', min_vram_gb: 8 },
      clientId: 'alice',
      executionId: id,
      stepId: 'job',
      idempotencyKey: `${id}:job:1`,
    });
    jobs.end(job, { result: { text: 'hi' }, costUnits: 25_000_000 });
    expect(await fixture.until(id)).toMatchObject({
      status: 'completed',
      total_cost: 0.25,
      final_result: { then: { text: 'hi' } },
    });
  });

  it('waits while the coordinator is away, uses up no attempt, and goes on when it is back', async () => {
    jobs.away = true;
    const id = await fixture.start(await fixture.workflow({ job: jobStep({ max_retries: 0 }) }), PROMPT);
    await fixture.until(id, ({ status, step_states }) => status === 'waiting' && step_states['job']?.job_id === null);
    jobs.endNext = () => ({ result: 'late' });
    jobs.away = false;
    expect(await fixture.until(id)).toMatchObject({
      final_result: { job: 'late' },
      step_states: { job: { attempt: 1 } },
    });
  });

  it('waits for the result too', async () => {
    const { id, job } = await startJob({ max_retries: 0 });
    const looked = jest.spyOn(jobs, 'outcome').mockImplementationOnce((jobId) => {
      jobs.away = true;
      return TestJobClient.prototype.outcome.call(jobs, jobId);
    });
    jobs.end(job, { result: 'kept' });
    await waitFor(() => jobs.away && looked.mock.calls.length > 0);
    jobs.away = false;
    expect(await fixture.until(id)).toMatchObject({ final_result: { then: 'kept' } });
    looked.mockRestore();
  });

  it.each([
    ['failed', { state: 'FAILED', error: 'no memory', costUnits: 3 }, 'job_failed', 2],
    ['expired', { state: 'EXPIRED' }, 'job_expired', 2],
    ['was cancelled by others', { state: 'CANCELED' }, 'job_cancelled', 1],
  ] as const)('fails when its job %s', async (_, ending, code, attempts) => {
    jobs.endNext = () => ending;
    const state = await fixture.run({ job: jobStep({ max_retries: 1, retry_policy: QUICK_RETRY }) }, {}, PROMPT);
    expect(state).toMatchObject({ status: 'failed', error_code: code, step_states: { job: { attempt: attempts } } });
  });

  it('fails for good when the coordinator refuses the request', async () => {
    const refusal = new AppError('validation_failed', '/prompt: too long');
    const refusing = jest.spyOn(jobs, 'submit').mockRejectedValue(refusal);
    const state = await fixture.run({ job: jobStep({ max_retries: 3 }) }, {}, PROMPT);
    refusing.mockRestore();
    expect(state).toMatchObject({ error_code: 'job_refused', step_states: { job: { attempt: 1 } } });
    expect(state.error_message).toContain('too long');
  });

  describe('when the execution is cancelled', () => {
    it('cancels the job', async () => {
      const { id, job } = await startJob();
      await fixture.post(`/executions/${id}/cancel`).expect(200);
      await waitFor(() => jobs.stateOf(job) === 'CANCELED');
    });

    it('cancels the job also when the coordinator is away at first', async () => {
      const { id, job } = await startJob();
      jobs.away = true;
      await fixture.post(`/executions/${id}/cancel`).expect(200);
      await waitFor(() => fixture.lines.some(({ message }) => String(message).includes('could not let go')));
      expect(jobs.stateOf(job)).toBe('QUEUED');
      jobs.away = false;
      await waitFor(() => jobs.stateOf(job) === 'CANCELED');
    });

    it('cancels a job that was just being submitted', async () => {
      const { promise: answer, resolve } = Promise.withResolvers<void>();
      let submitted = '';
      jobs.beforeAnswer = (jobId) => {
        submitted = jobId;
        return answer;
      };
      const id = await fixture.start(await fixture.workflow({ job: jobStep() }), PROMPT);
      await waitFor(() => submitted);
      const cancel = jest.spyOn(jobs, 'cancel').mockResolvedValueOnce(undefined);
      await fixture.post(`/executions/${id}/cancel`).expect(200);
      await waitFor(() => cancel.mock.calls.length > 0);
      expect(jobs.stateOf(submitted)).toBe('QUEUED');
      resolve();
      await waitFor(() => jobs.stateOf(submitted) === 'CANCELED');
      cancel.mockRestore();
    });
  });

  it('cancels the job of an attempt that timed out before it submits the next', async () => {
    const states: string[] = [];
    // The second one ends at once: its attempt has no more time than the first one had.
    jobs.endNext = ({ executionId }) => {
      const own = jobs.submissions.filter((submission) => submission.executionId === executionId);
      states.push(...own.map(({ jobId }) => jobs.stateOf(jobId)));
      return own.length === 1 ? undefined : { result: 'second' };
    };
    const step = jobStep({ timeout_seconds: 1, max_retries: 1, retry_policy: QUICK_RETRY });
    expect(await fixture.run({ job: step }, {}, PROMPT)).toMatchObject({ final_result: { job: 'second' } });
    expect(states).toEqual(['QUEUED', 'CANCELED', 'QUEUED']);
  });
});
