import { derivedSpanId } from '@aitbc/shared-core';
import { describeOnEngines, MemoryTracer, waitFor } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

describeOnEngines('the span of a job', (engine) => {
  let app: CoordinatorApp;
  let tracer: MemoryTracer;
  beforeEach(async () => {
    tracer = new MemoryTracer();
    app = await openCoordinatorApp(engine, undefined, { tracer });
  });

  async function submit(flags: string | undefined, request: object = { text: 'a day', tasks: ['language'] }) {
    const payload = { service_type: 'text_analysis', service_request: request };
    const call = app.call('client', 'post', '/jobs', { payload });
    if (flags !== undefined) call.set('traceparent', `00-${TRACE}-${CALLER}-${flags}`);
    return String((await call.expect(201)).body.job_id);
  }

  const told = (jobId: string) =>
    waitFor(() => tracer.spans.find(({ context }) => context.spanId === derivedSpanId(jobId)));

  it('hangs on the request that submitted it, and the miner is given it as its parent', async () => {
    const jobId = await submit('01');
    const session = await app.register('operator', 'm1');
    const { body } = await app.poll('operator', session).expect(200);
    expect(body).toMatchObject({ job_id: jobId, traceparent: `00-${TRACE}-${derivedSpanId(jobId)}-01` });
    await app.call('operator', 'post', `/miners/${jobId}/fail`, { error: 'no', retryable: true }, session).expect(200);
    // The second attempt is below the same span.
    expect(await app.completeNext(session, 'm1')).toMatch(/^rcpt_/);
    const span = await told(jobId);
    const request = tracer.spans.find(({ name }) => name === 'POST /api/v1/jobs');
    expect(span).toMatchObject({
      name: 'job text_analysis',
      kind: 'producer',
      parent: { ...request?.context, traceId: TRACE },
      errorType: undefined,
      events: [{ name: 'job.assigned', attributes: { 'aitbc.job.attempt': 2 } }],
    });
    expect(span.attributes).toEqual({
      'messaging.system': 'aitbc',
      'messaging.destination.name': 'text_analysis',
      'messaging.message.id': jobId,
      'aitbc.job.state': 'COMPLETED',
      'aitbc.job.attempts': 2,
      'aitbc.job.price': 0.25,
      'aitbc.miner.id': 'm1',
    });
  });

  it('tells how a job ended that gave nothing', async () => {
    const cancelled = await submit('01');
    await app.call('client', 'post', `/jobs/${cancelled}/cancel`).expect(200);
    expect(await told(cancelled)).toMatchObject({ errorType: 'canceled', events: [] });
    const failed = await submit('01');
    const session = await app.register('operator', 'm1');
    await app.poll('operator', session).expect(200);
    await app
      .call('operator', 'post', `/miners/${failed}/fail`, { error: 'no', retryable: false }, session)
      .expect(200);
    expect(await told(failed)).toMatchObject({ errorType: 'failed', attributes: { 'aitbc.job.state': 'FAILED' } });
  });

  it('is none where the caller wants none, and the miner is told so', async () => {
    const jobId = await submit('00');
    const session = await app.register('operator', 'm1');
    const { body } = await app.poll('operator', session).expect(200);
    expect(body.traceparent).toBe(`00-${TRACE}-${derivedSpanId(jobId)}-00`);
    await app.call('operator', 'post', `/miners/${jobId}/fail`, { error: 'no', retryable: false }, session).expect(200);
    const later = await submit('01');
    await app.call('client', 'post', `/jobs/${later}/cancel`).expect(200);
    await told(later);
    expect(tracer.spans.filter(({ name }) => name.startsWith('job '))).toHaveLength(1);
  });
});

describeOnEngines('a job of no trace', (engine) => {
  it('gives its miner none', async () => {
    const app = await openCoordinatorApp(engine);
    await app.submit();
    const { body } = await app.poll('operator', await app.register('operator', 'm1')).expect(200);
    expect(body).not.toHaveProperty('traceparent');
  });
});
