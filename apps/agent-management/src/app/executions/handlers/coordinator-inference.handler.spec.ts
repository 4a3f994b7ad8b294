import { LeaseLost, type StepContext, StepFailure, type StepResult } from '@aitbc/execution-engine';
import { stepPlan } from '@aitbc/execution-engine/testing';
import { AppError } from '@aitbc/shared-core';
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

describe('an inference step whose coordinator does not take or show its job', () => {
  const NOW = 1_000_000;
  let jobs: TestJobClient;
  let handler: CoordinatorInferenceHandler;
  beforeEach(() => {
    jobs = new TestJobClient();
    handler = new CoordinatorInferenceHandler(jobs, () => NOW);
  });
  const run = () => handler.run(contextWith(new AbortController().signal));
  const resume = (ref: string) =>
    handler.resume(contextWith(new AbortController().signal), { kind: 'job', ref, until: NOW });
  /** Waits as the same attempt, for 10 s at most. */
  const expectWait = (result: StepResult, kind: string, ref: string | null) => {
    expect(result).toEqual({ suspend: { kind, ref, until: expect.any(Number) } });
    expect('suspend' in result && (result.suspend.until ?? 0)).toBeGreaterThan(NOW);
    expect('suspend' in result && (result.suspend.until ?? 0)).toBeLessThanOrEqual(NOW + 10_000);
  };

  it.each(['dependency_unavailable', 'draining', 'overloaded', 'internal', 'rate_limited', 'unauthenticated'] as const)(
    'waits when it answers %s, and submits and reads one job later',
    async (code) => {
      const away = () => Promise.reject(new AppError(code, 'not now', { retryAfterSeconds: 5 }));
      jest.spyOn(jobs, 'submit').mockImplementationOnce(away);
      expectWait(await run(), 'timer', null);
      expect(await run()).toMatchObject({ suspend: { kind: 'job', ref: 'job_1' } });
      jest.spyOn(jobs, 'outcome').mockImplementationOnce(away);
      jobs.end('job_1', { result: 'kept' });
      expectWait(await resume('job_1'), 'job', 'job_1');
      expect(await resume('job_1')).toMatchObject({ output: 'kept' });
      expect(jobs.submissions).toHaveLength(1);
    },
  );

  it('finds the job again when only the answer to its submission was lost', async () => {
    jobs.beforeAnswer = () => Promise.reject(new AppError('dependency_unavailable', 'the connection broke'));
    expectWait(await run(), 'timer', null);
    jobs.beforeAnswer = () => Promise.resolve();
    expect(await run()).toMatchObject({ suspend: { kind: 'job', ref: 'job_1' } });
    expect(jobs.submissions).toHaveLength(1);
  });

  it.each(['validation_failed', 'payload_too_large', 'conflict'] as const)(
    'fails for good when it answers %s, since it would do so again',
    async (code) => {
      jest.spyOn(jobs, 'submit').mockRejectedValueOnce(new AppError(code, 'never'));
      const failure: unknown = await run().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StepFailure);
      expect(failure).toMatchObject({ code: 'job_refused', retryable: false });
    },
  );

  it('does not take a mistake of ours for an outage', async () => {
    jest.spyOn(jobs, 'submit').mockRejectedValueOnce(new TypeError('x is not a function'));
    await expect(run()).rejects.toThrow(TypeError);
  });
});

describe('an inference step whose job runs', () => {
  const NOW = 1_000_000;
  let jobs: TestJobClient;
  let hears: boolean;
  let handler: CoordinatorInferenceHandler;
  beforeEach(() => {
    jobs = new TestJobClient();
    handler = new CoordinatorInferenceHandler(
      jobs,
      () => NOW,
      () => hears,
    );
  });
  const run = () => handler.run(contextWith(new AbortController().signal));
  const waitUntil = (until: number) => ({ suspend: { kind: 'job', ref: 'job_1', until } });

  it('waits to be told of its end, and looks again after half a minute', async () => {
    hears = true;
    expect(await run()).toEqual(waitUntil(NOW + 30_000));
  });

  it('looks again soon as long as its end could come before anybody listens', async () => {
    hears = false;
    // The watch begins while the answer is on its way: the job may have ended just before.
    jobs.beforeAnswer = async () => void (hears = true);
    expect(await run()).toEqual(waitUntil(NOW + 1_000));
    const again = handler.resume(contextWith(new AbortController().signal), { kind: 'job', ref: 'job_1', until: NOW });
    expect(await again).toEqual(waitUntil(NOW + 30_000));
  });
});
