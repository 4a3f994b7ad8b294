import { LeaseLost, type StepContext } from '@aitbc/execution-engine';
import { stepPlan } from '@aitbc/execution-engine/testing';
import { TestJobClient } from '../../testing/test-job-client';
import { CoordinatorInferenceHandler } from './coordinator-inference.handler';

function contextWith(signal: AbortSignal): StepContext {
  const execution = {
    id: 'exec_1',
    workflowId: 'wf_1',
    workflowVersion: 1,
    ownerId: 'alice',
    agentId: null,
    traceParent: null,
  };
  const step = stepPlan('job', { stepType: 'inference', config: { service_type: 'llm_inference' } });
  const scope = { inputs: { prompt: 'x' }, steps: {}, execution: {} };
  const facts = { idempotencyKey: 'exec_1:job:1', attempt: 1, remainingBudget: null };
  return { step, execution, input: { ...scope }, scope, ...facts, signal };
}

describe('an inference step whose attempt is aborted while its job is being submitted', () => {
  const submitThenAbort = async (reason: Error) => {
    const jobs = new TestJobClient();
    const aborter = new AbortController();
    jobs.beforeAnswer = async () => aborter.abort(reason);
    await new CoordinatorInferenceHandler(jobs).run(contextWith(aborter.signal));
    return jobs.stateOf('job_1');
  };

  it('cancels the job when the attempt is over', async () => {
    expect(await submitThenAbort(new Error('time-out'))).toBe('CANCELED');
  });

  it('leaves the job when only the lease was lost, since the next holder waits for it', async () => {
    expect(await submitThenAbort(new LeaseLost())).toBe('QUEUED');
  });
});
