import { describeOnEngines, fullTests, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, jobStep } from '../testing/agent-context-fixture';
import { TestJobClient } from '../testing/test-job-client';

const EXECUTIONS = fullTests ? 200 : 20;
const CONFIG = { LEASE_SECONDS: 1 };
const PROMPT = { inputs: { prompt: 'x' } };

describeOnEngines('a worker that dies', (engine) => {
  const opened: AgentContextFixture[] = [];
  afterEach(() => Promise.all(opened.splice(0).map(({ context }) => context.stop())));

  async function open(options: Parameters<typeof AgentContextFixture.open>[1]): Promise<AgentContextFixture> {
    const fixture = await AgentContextFixture.open(engine, { config: CONFIG, ...options });
    opened.push(fixture);
    return fixture;
  }

  it('leaves each execution to another, which runs no committed step again', async () => {
    const url = await engine.freshUrl();
    const jobs = new TestJobClient();
    const dying = await open({ url, jobs });
    const ids = await startMany(dying);
    await waitFor(() => jobs.submissions.length >= EXECUTIONS / 4);
    const stopDying = kill(dying);
    const other = await open({ url, jobs });
    for (const id of ids) {
      await other.until(id, ({ step_states }) => step_states['job']?.status === 'waiting');
      jobs.end(jobs.submissions.find(({ executionId }) => executionId === id)?.jobId ?? '', { result: 'done' });
    }
    for (const id of ids) {
      expect(await other.until(id)).toMatchObject({ status: 'completed', final_result: { last: 'done!' } });
      const completed = (await other.history(id)).filter((event) => event.startsWith('step.completed'));
      expect(completed.sort()).toEqual(['step.completed first', 'step.completed job', 'step.completed last']);
    }
    // The same key gave the same job: a step run again after the crash made none of its own.
    expect(jobs.submissions.map(({ idempotencyKey }) => idempotencyKey).sort()).toEqual(
      ids.map((id) => `${id}:job:1`).sort(),
    );
    stopDying();
  });

  it('hands back what it runs when it is stopped, so that another goes on at once', async () => {
    const url = await engine.freshUrl();
    const jobs = new TestJobClient();
    const leaving = await open({ url, jobs, config: { LEASE_SECONDS: 3_600 } });
    const ids = await startMany(leaving);
    await leaving.context.stop();
    const other = await open({ url, jobs });
    for (const id of ids) {
      await other.until(id, ({ step_states }) => step_states['job']?.status === 'waiting');
      jobs.end(jobs.submissions.find(({ executionId }) => executionId === id)?.jobId ?? '', { result: 'done' });
      await other.until(id);
    }
    opened.splice(opened.indexOf(leaving), 1);
  });
});

async function startMany(fixture: AgentContextFixture): Promise<string[]> {
  const steps = {
    first: dataStep('1'),
    job: jobStep(),
    last: dataStep('$steps.job.output & "!"'),
  };
  const workflowId = await fixture.workflow(steps, { dependencies: { job: ['first'], last: ['job'] } });
  return Promise.all(Array.from({ length: EXECUTIONS }, () => fixture.start(workflowId, PROMPT)));
}

/** From now on nothing that this process writes arrives, as if it were gone; gives what ends that. */
function kill({ db }: AgentContextFixture): () => void {
  const gone = () => Promise.reject(new Error('this process is gone'));
  const spies = [
    jest.spyOn(db, 'writeSet').mockImplementation(gone),
    jest.spyOn(db, 'writeAtOnce').mockImplementation(gone),
    jest.spyOn(db, 'readSql').mockImplementation(gone),
  ];
  return () => spies.forEach((spy) => spy.mockRestore());
}
