import { currentTrace, derivedSpanId } from '@aitbc/shared-core';
import { describeAboveStores, MemoryTracer, type ToldSpan, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, codeStep, dataStep, jobStep, QUICK_RETRY } from '../../testing/agent-context-fixture';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = (flags = '01') => `00-${TRACE}-00f067aa0ba902b7-${flags}`;
const PROMPT = { inputs: { prompt: 'hello' } };
const FLAKY = { max_retries: 1, retry_policy: QUICK_RETRY };

describeAboveStores('the trace of an execution', (engine) => {
  let tracer: MemoryTracer;
  let fixture: AgentContextFixture;
  beforeEach(async () => {
    tracer = new MemoryTracer();
    fixture = await AgentContextFixture.open(engine, { tracer });
  });
  afterEach(() => fixture.context.stop());

  async function start(steps: Record<string, object>, changes: object = {}, body: object = {}): Promise<string> {
    const workflow = await fixture.workflow(steps, changes);
    const answer = await fixture.post(`/workflows/${workflow}/execute`, body).set('traceparent', traceparent());
    expect(answer.status).toBe(202);
    return String(answer.body.execution_id);
  }

  /** What is told of an execution after its end: its own span and those below. */
  async function told(executionId: string): Promise<{ execution: ToldSpan; below: ToldSpan[] }> {
    const id = derivedSpanId(executionId);
    const execution = await waitFor(() => tracer.spans.find(({ context }) => context.spanId === id));
    // The execution's own span comes first, and those below it in the same turn.
    return { execution, below: tracer.spans.filter(({ parent }) => parent?.spanId === id) };
  }

  const names = (spans: readonly ToldSpan[]) => spans.map(({ name }) => name);

  it('hangs on the request that started it, with a span for each step', async () => {
    const agent = await fixture.agent();
    await fixture.post(`/agents/${agent}/activate`).expect(200);
    const steps = { one: dataStep('1'), two: dataStep('2'), three: dataStep('3', { when: 'false' }) };
    const id = await start(steps, { dependencies: { two: ['one'] } }, { agent_id: agent });
    await fixture.until(id);
    const { execution, below } = await told(id);
    const request = await waitFor(() => tracer.spans.find(({ name }) => name.includes('/execute')));
    expect(request.parent?.traceId).toBe(TRACE);
    expect(execution).toMatchObject({ name: 'invoke_workflow Test', parent: request.context, errorType: undefined });
    expect(execution.attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': 'Test',
      'gen_ai.agent.id': agent,
      'aitbc.execution.id': id,
      'aitbc.execution.status': 'completed',
      'aitbc.execution.cost': 0,
      'aitbc.workflow.version': 1,
    });
    expect(names(below).sort()).toEqual(['data_processing one', 'data_processing three', 'data_processing two']);
    const statuses = below.map(({ attributes }) => [attributes['aitbc.step.id'], attributes['aitbc.step.status']]);
    expect(Object.fromEntries(statuses)).toEqual({ one: 'completed', two: 'completed', three: 'skipped' });
    expect(below.every((span) => span.context.traceId === TRACE)).toBe(true);
  });

  it('has a span for each attempt, and the trace goes with the job of each', async () => {
    const traces: (string | undefined)[] = [];
    fixture.jobs.endNext = () => {
      traces.push(currentTrace()?.spanId);
      return traces.length === 1 ? { state: 'FAILED', error: 'no memory' } : { state: 'COMPLETED', result: {} };
    };
    const id = await start({ job: jobStep(FLAKY) }, {}, PROMPT);
    await fixture.until(id);
    const { below } = await told(id);
    expect(below).toMatchObject([
      { name: 'inference job', errorType: 'job_failed', attributes: { 'aitbc.step.attempt': 1 } },
      { name: 'inference job', errorType: undefined, attributes: { 'aitbc.step.attempt': 2 } },
    ]);
    expect(below[0]?.attributes).toMatchObject({ 'aitbc.step.status': 'retried' });
    expect(below[1]?.attributes).toMatchObject({ 'aitbc.step.status': 'completed', 'aitbc.job.id': 'job_2' });
    expect(traces).toEqual(below.map(({ context }) => context.spanId));
  });

  it('tells what could not even be prepared, and why the execution failed', async () => {
    const id = await start({ broken: dataStep('1', { max_retries: 0, input_mappings: { x: '$error("no")' } }) });
    const { error_code } = await fixture.until(id);
    const { execution, below } = await told(id);
    expect(execution).toMatchObject({ errorType: error_code, attributes: { 'aitbc.execution.status': 'failed' } });
    expect(below).toMatchObject([{ errorType: error_code, attributes: { 'aitbc.step.attempt': 1 } }]);
  });

  it('tells waits, pauses and what was cut off', async () => {
    const config = { wait_for: { signal: 'go' }, expression: '1' };
    // However slow the machine is, it is tried again until it is cut off.
    const hang = codeStep('export default () => { for (;;); }', { max_retries: 10 });
    const id = await start({ ask: { ...dataStep('1'), config }, hang });
    await fixture.until(id, ({ step_states }) => step_states['ask']?.status === 'waiting');
    await fixture.post(`/executions/${id}/pause`).expect(200);
    await fixture.post(`/executions/${id}/resume`).expect(200);
    await fixture.post(`/executions/${id}/signals/go`, { data: 1 }).expect(202);
    await fixture.until(id, ({ step_states }) => step_states['ask']?.status === 'completed');
    await fixture.post(`/executions/${id}/cancel`);
    await fixture.until(id);
    const { execution, below } = await told(id);
    expect(execution.events.map(({ name }) => name)).toEqual(['execution.paused', 'execution.resumed']);
    const wait = below.find(({ name }) => name === 'wait ask');
    expect(wait?.attributes).toMatchObject({
      'aitbc.wait.for': 'signal',
      'aitbc.wait.ref': 'go',
      'aitbc.step.status': 'completed',
    });
    expect(below.filter(({ name }) => name === 'data_processing ask')).toHaveLength(1);
    expect(below.filter(({ name }) => name === 'custom hang').length).toBeGreaterThanOrEqual(1);
  });

  it('names what a retry has gone on from, and leaves what was adopted to the first', async () => {
    fixture.jobs.endNext = () => ({ state: 'FAILED', error: 'no memory' });
    const steps = { one: dataStep('1'), job: jobStep({ max_retries: 0 }) };
    const first = await start(steps, { dependencies: { job: ['one'] } }, PROMPT);
    await fixture.until(first);
    fixture.jobs.endNext = () => ({ state: 'COMPLETED', result: {} });
    const answer = await fixture.post(`/executions/${first}/retry`).set('traceparent', traceparent()).expect(202);
    const second = String(answer.body.execution_id);
    await fixture.until(second);
    const { execution, below } = await told(second);
    expect(execution.attributes).toMatchObject({ 'aitbc.execution.forked_from': first });
    expect(names(below)).toEqual(['inference job']);
  });

  it('is told once, by the process that has ended it', async () => {
    const [mine, theirs] = [new MemoryTracer(), new MemoryTracer()];
    const url = await engine.freshUrl();
    const api = await AgentContextFixture.open(engine, { url, tracer: mine, worker: false });
    const worker = await AgentContextFixture.open(engine, { url, tracer: theirs });
    try {
      const steps = { ask: { ...dataStep('1'), config: { wait_for: { signal: 'go' }, expression: '1' } } };
      const workflow = await api.workflow(steps);
      const [run, cancelled] = [await api.start(workflow), await api.start(workflow)];
      for (const id of [run, cancelled]) await worker.until(id, ({ status }) => status === 'waiting');
      await api.post(`/executions/${run}/signals/go`, { data: 1 }).expect(202);
      await api.post(`/executions/${cancelled}/cancel`).expect(200);
      await worker.until(run);
      await Promise.all([api.context.stop(), worker.context.stop()]);
      const executions = ({ spans }: MemoryTracer) => spans.filter(({ name }) => name.startsWith('invoke_workflow'));
      const idsIn = (tracer: MemoryTracer) =>
        executions(tracer).map(({ attributes }) => attributes['aitbc.execution.id']);
      expect([idsIn(theirs), idsIn(mine)]).toEqual([[run], [cancelled]]);
      // The wait was still open when it was cancelled.
      expect(mine.spans.find(({ name }) => name === 'wait ask')?.attributes).toMatchObject({
        'aitbc.step.status': 'cancelled',
      });
    } finally {
      await Promise.all([api.context.stop(), worker.context.stop()]);
    }
  });

  it('is told by nobody where the caller wants none, or there is no trace', async () => {
    const workflow = await fixture.workflow({ one: dataStep('1') });
    const unwanted = await fixture.post(`/workflows/${workflow}/execute`).set('traceparent', traceparent('00'));
    const id = String(unwanted.body.execution_id);
    await fixture.until(id);
    await fixture.context.stop();
    expect(tracer.spans.filter(({ name }) => /execute|invoke_workflow|one/.test(name))).toEqual([]);
  });

  it('stands in the log lines of the execution', async () => {
    const id = await start({ one: dataStep('1') });
    await fixture.until(id);
    const line = await waitFor(() => fixture.lines.find(({ event }) => event === 'execution_ended'));
    expect(line).toMatchObject({ execution_id: id, trace_id: TRACE, span_id: derivedSpanId(id), trace_flags: '01' });
  });
});
