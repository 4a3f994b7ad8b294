import { type Distribution, Metrics, type MetricsSource } from '@aitbc/shared-core';
import { describeAboveStores, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, codeStep, dataStep, jobStep } from '../../testing/agent-context-fixture';
import { ExecutionRepository } from '../execution.repository';
import { DUE_EXECUTIONS, executionGauges, OLDEST_DUE, OPEN_WAITS } from './execution-gauges';

const waitStep = (wait: object) => ({ name: 'Wait', step_type: 'data_processing', config: { wait_for: wait } });

/** What a collector reads: `name{labels} value`. */
async function scrape(sources: readonly (MetricsSource | Distribution)[]): Promise<Map<string, number>> {
  const { text } = await new Metrics(sources, memoryLogger().logger).render();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describeAboveStores('the metrics of executions', (engine) => {
  let fixture: AgentContextFixture;
  beforeEach(async () => (fixture = await AgentContextFixture.open(engine)));
  afterEach(() => fixture.context.stop());

  const gauges = () =>
    scrape(
      executionGauges({
        db: fixture.db,
        repository: new ExecutionRepository(fixture.db),
        now: () => Date.now() + 1_000,
      }),
    );

  it('count what has ended, by how, and what was tried for it', async () => {
    await fixture.run({ one: dataStep('1'), two: dataStep('2') });
    fixture.jobs.endNext = () => ({ state: 'FAILED', error: 'no memory' });
    await fixture.run({ job: jobStep(FLAKY) }, {}, PROMPT);
    const cancelled = await fixture.start(await fixture.workflow({ ask: waitStep({ signal: 'go' }) }));
    await fixture.until(cancelled, ({ status }) => status === 'waiting');
    await fixture.post(`/executions/${cancelled}/cancel`).expect(200);
    const read = await scrape(fixture.context.metrics);
    const figures = [
      ['aitbc_executions_ended_total{status="completed"}', 1],
      ['aitbc_executions_ended_total{status="failed"}', 1],
      ['aitbc_executions_ended_total{status="cancelled"}', 1],
      ['aitbc_step_duration_seconds_count{step_type="data_processing",outcome="completed"}', 2],
      ['aitbc_step_duration_seconds_count{step_type="inference",outcome="retried"}', 2],
      ['aitbc_step_duration_seconds_count{step_type="inference",outcome="failed"}', 1],
      ['aitbc_step_retries_total{step_type="inference"}', 2],
    ] as const;
    for (const [name, value] of figures) expect([name, read.get(name)]).toEqual([name, value]);
    const claims = read.get('aitbc_execution_claim_latency_seconds_count') ?? 0;
    expect(claims).toBeGreaterThanOrEqual(3);
    expect(read.get('aitbc_executions_claimed_total')).toBeGreaterThanOrEqual(claims);
    expect(read.get('aitbc_execution_commit_batch_size_sum')).toBeGreaterThanOrEqual(
      read.get('aitbc_execution_commit_batch_size_count') ?? Infinity,
    );
    expect(read.get('aitbc_executions_deleted_total')).toBe(0);
  });

  it('say what a run that was cancelled under way has lost', async () => {
    // Without a retry: what is cancelled between two attempts has no run to lose.
    const hang = codeStep('export default () => { for (;;); }', { max_retries: 0 });
    const workflow = await fixture.workflow({ hang });
    const cancelled = async () => {
      const hanging = await fixture.start(workflow);
      await fixture.until(hanging, ({ step_states }) => step_states['hang']?.status !== 'pending');
      return (await fixture.post(`/executions/${hanging}/cancel`)).status === 200;
    };
    // On a loaded machine the code may come to the end of its time before the cancel does.
    await waitFor(cancelled, { timeoutMs: 25_000 });
    const losses = async () =>
      (await scrape(fixture.context.metrics)).get('aitbc_execution_lease_losses_total{reason="changed"}');
    await waitFor(async () => (await losses()) === 1);
  });

  it('count what is there and what is waited for', async () => {
    const begin = async (steps: Record<string, object>, body: object = {}) =>
      fixture.start(await fixture.workflow(steps), body);
    const waiting = [
      await begin({ ask: waitStep({ signal: 'go' }), rest: waitStep({ seconds: 600 }) }),
      await begin({ job: jobStep() }, PROMPT),
    ];
    const paused = await begin({ ask: waitStep({ signal: 'go' }) });
    await fixture.run({ one: dataStep('1') });
    for (const id of [...waiting, paused]) await fixture.until(id, ({ status }) => status === 'waiting');
    await fixture.post(`/executions/${paused}/pause`).expect(200);
    const read = await gauges();
    const expected: [string, number][] = [
      ['aitbc_executions{status="waiting"}', 2],
      ['aitbc_executions{status="paused"}', 1],
      ['aitbc_executions{status="completed"}', 1],
      ['aitbc_executions{status="failed"}', 0],
      ['aitbc_step_waits{kind="job"}', 1],
      ['aitbc_step_waits{kind="signal"}', 2],
      ['aitbc_step_waits{kind="timer"}', 1],
      ['aitbc_step_waits{kind="retry"}', 0],
      ['aitbc_executions_due', 0],
      ['aitbc_execution_queue_age_seconds', 0],
    ];
    for (const [name, value] of expected) expect([name, read.get(name)]).toEqual([name, value]);
  });

  it('tell for how long the oldest due execution has been due', async () => {
    await fixture.context.stop();
    fixture = await AgentContextFixture.open(engine, { worker: false });
    await fixture.start(await fixture.workflow({ one: dataStep('1') }));
    const read = await gauges();
    expect(read.get('aitbc_executions_due')).toBe(1);
    expect(read.get('aitbc_execution_queue_age_seconds')).toBeGreaterThanOrEqual(1);
  });

  // The last one: an explained statement keeps the snapshot of its connection on SQLite.
  it('follow the queue: they read its partial indexes, and no table', async () => {
    expect(await explain(DUE_EXECUTIONS, [Date.now()])).toMatch(/ix_executions_wake/);
    expect(await explain(OLDEST_DUE)).toMatch(/ix_executions_wake/);
    expect(await explain(OPEN_WAITS)).toMatch(/ix_step_executions_open_wait/);
  });

  function explain(statement: string, parameters: number[] = []): Promise<string> {
    return fixture.db.writeSet(async (sql) => {
      if (engine.engine === 'postgres') await sql.query('SET LOCAL enable_seqscan = off');
      const prefix = engine.engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
      return JSON.stringify(await sql.query(`${prefix} ${statement}`, parameters));
    });
  }
});

/** Long enough that a failure and the attempt after it are not written together: of such a one the time is not known. */
const FLAKY = { max_retries: 2, retry_policy: { initial_interval_ms: 50, maximum_interval_ms: 50, jitter: false } };
const PROMPT = { inputs: { prompt: 'x' } };
