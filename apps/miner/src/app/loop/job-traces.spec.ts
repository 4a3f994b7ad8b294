import { MemoryTracer } from '@aitbc/shared-core/testing';
import { BadJobRequest } from '../executors/executor';
import { type MinerHarness, startMiner } from '../testing/miner-harness';
import { TestCoordinator } from '../testing/test-coordinator';
import { waitFor } from '../testing/wait-for';

const job = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
const traceparent = `00-${job.traceId}-${job.spanId}-01`;

describe('the trace of a job', () => {
  let coordinator: TestCoordinator;
  let tracer: MemoryTracer;
  let harness: MinerHarness | undefined;

  beforeEach(async () => {
    coordinator = await new TestCoordinator().start();
    tracer = new MemoryTracer();
    coordinator.traceparent = traceparent;
  });
  afterEach(async () => {
    await harness?.dispose();
    harness = undefined;
    await coordinator.stop();
  });

  async function start(traced = true): Promise<MinerHarness> {
    harness = await startMiner(coordinator, traced ? { tracer } : {});
    coordinator.submit('a', 'gated', { name: 'a' });
    await waitFor('a running', () => harness?.executor.running.has('a') ?? false);
    return harness;
  }

  const run = async () => {
    await waitFor('the end of the run', () => tracer.spans.some(({ name }) => name === 'process gated'));
    return tracer.spans.find(({ name }) => name === 'process gated');
  };

  it('goes on in the run and in its report', async () => {
    const { executor } = await start();
    executor.open('a');
    await coordinator.result('a');
    const span = await run();
    expect(span).toMatchObject({
      kind: 'consumer',
      parent: job,
      errorType: undefined,
      attributes: { 'messaging.message.id': 'a', 'messaging.destination.name': 'gated', 'aitbc.job.attempt': 1 },
    });
    const report = tracer.spans.find(({ name }) => name === 'POST /api/v1/miners/{job_id}/result');
    expect(report).toMatchObject({ kind: 'client', parent: span?.context });
    expect(coordinator.traces.get('/a/result')).toBe(`00-${job.traceId}-${report?.context.spanId}-01`);
    // Idle polls and heartbeats are part of no trace.
    expect(coordinator.traces.get('/poll')).toBeUndefined();
    expect(tracer.spans).toHaveLength(2);
  });

  it.each([
    ['Error', new Error('out of memory')],
    ['BadJobRequest', new BadJobRequest('no such thing')],
  ])('tells how the run failed: %s', async (errorType, error) => {
    const { executor } = await start();
    executor.break('a', error);
    await coordinator.failure('a');
    expect(await run()).toMatchObject({ errorType });
    expect(coordinator.traces.get('/a/fail')).toContain(job.traceId);
  });

  it('tells that the job was taken away', async () => {
    await start();
    coordinator.cancel('a');
    expect(await run()).toMatchObject({ errorType: 'aborted' });
  });

  it('is passed on by a miner that records nothing, and is none where the job has none', async () => {
    const { executor } = await start(false);
    coordinator.traceparent = undefined;
    coordinator.submit('b', 'gated', { name: 'b' });
    executor.open('a');
    executor.open('b');
    await Promise.all([coordinator.result('a'), coordinator.result('b')]);
    expect(coordinator.traces.get('/a/result')).toBe(traceparent);
    expect(coordinator.traces.get('/b/result')).toBeUndefined();
  });
});
