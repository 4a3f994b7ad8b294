import { request as httpRequest, type Server } from 'node:http';
import { once } from 'node:events';
import { canonicalJson, generateSigningKey, signJws, verifyJws } from '@aitbc/shared-core';
import { JOB_RECEIPT_TYP } from '@aitbc/receipts';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, ISSUER, minerKey, openCoordinatorApp, signedResult } from '../testing/coordinator-app';

describeAboveStores('the work of miners over HTTP', (context) => {
  let app: CoordinatorApp;
  let session: string;
  let rival: string;
  beforeAll(async () => (app = await openCoordinatorApp(context)));
  beforeEach(async () => {
    await app.db.writeSet((sql) => sql.query('DELETE FROM jobs'));
    session = await app.register('operator', 'm-1');
    rival = await app.register('rival', 'r-1');
  });

  const sendResult = (jobId: string, body: object) =>
    app.call('operator', 'post', `/miners/${jobId}/result`, body, session);
  const fail = (jobId: string, body: object) => app.call('operator', 'post', `/miners/${jobId}/fail`, body, session);
  const jobOf = async (id: string) => (await app.call('client', 'get', `/jobs/${id}`).expect(200)).body;
  const expireLeases = async () => {
    await app.db.writeSet((sql) => sql.query(`UPDATE jobs SET lease_expires_at = 1 WHERE state = 'RUNNING'`));
    await app.leases.sweep();
  };

  it('carries a job from queue to countersigned result', async () => {
    const id = await app.submit({ constraints: { max_price: 0.25 } });
    const { body: assigned } = await app.poll('operator', session).expect(200);
    expect(assigned).toMatchObject({ job_id: id, attempt: 1, constraints: { max_price: 0.25 } });
    expect(await jobOf(id)).toMatchObject({ state: 'RUNNING', assigned_miner_id: 'm-1' });
    const metrics = { duration_ms: 12.5, peak_memory_mb: 30 };
    const sent = { ...signedResult(id, 'm-1', 1), metrics };
    const { body: answer } = await sendResult(id, sent).expect(200);
    const { body: end } = await app.call('client', 'get', `/jobs/${id}/result`).expect(200);
    expect(end).toMatchObject({ state: 'COMPLETED', result: sent.result, metrics, cost: 0.25, error: null });
    expect(end.receipt).toEqual(answer.receipt);
    const { payload } = verifyJws(end.receipt.jws, app.signingKeys.find, JOB_RECEIPT_TYP);
    expect(JSON.parse(payload)).toEqual(end.receipt.payload);
    expect(end.receipt.payload).toMatchObject({
      ...{ job_id: id, miner_id: 'm-1', client_id: 'client', attempt: 1, cost: 0.25, issuer: ISSUER },
      miner_jws: sent.signature,
    });
    const key = { ...minerKey, jwk: end.receipt.miner_key };
    expect(JSON.parse(verifyJws(end.receipt.payload.miner_jws, () => key).payload)).toMatchObject({ job_id: id });
    expect((await app.call('client', 'get', `/jobs/${id}/receipt`).expect(200)).body).toEqual(end.receipt);
    expect((await app.call('client', 'get', `/jobs/${id}/receipts`).expect(200)).body.items).toEqual([end.receipt]);
  });

  it('answers the same receipt when a result is sent again, and 409 for another result', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    const first = await sendResult(id, signedResult(id, 'm-1', 1)).expect(200);
    const second = await sendResult(id, signedResult(id, 'm-1', 1)).expect(200);
    expect(second.body).toEqual(first.body);
    await sendResult(id, { ...signedResult(id, 'm-1', 1), result: { language: 'de' } }).expect(409);
  });

  const lies: [string, (id: string) => object][] = [
    ['another job', (id) => signedResult(id, 'm-1', 1, { job_id: 'job_other' })],
    ['a later attempt', (id) => signedResult(id, 'm-1', 2)],
    ['another miner', (id) => signedResult(id, 'm-2', 1)],
    ['another result', (id) => ({ ...signedResult(id, 'm-1', 1), result: { language: 'de' } })],
    ['more than the claim', (id) => signedResult(id, 'm-1', 1, { extra: 1 } as object)],
    ['no JSON', (id) => ({ ...signedResult(id, 'm-1', 1), signature: signJws('hello', minerKey, 'x') })],
    [
      'with another key',
      (id) => ({
        ...signedResult(id, 'm-1', 1),
        signature: signJws(canonicalJson({ job_id: id }), generateSigningKey(), 'x'),
      }),
    ],
    ['nothing', (id) => ({ ...signedResult(id, 'm-1', 1), signature: 'a.b.c' })],
  ];
  it.each(lies)('refuses a result whose signature signs %s', async (_what, body) => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    const response = await sendResult(id, body(id)).expect(422);
    expect(response.body.errors).toEqual([expect.objectContaining({ pointer: '/signature' })]);
    expect(await jobOf(id)).toMatchObject({ state: 'RUNNING' });
  });

  it('answers 409 for the late result of a miner that lost the job', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await expireLeases();
    await sendResult(id, signedResult(id, 'm-1', 1)).expect(409);
    await app.poll('rival', rival).expect(200);
    await sendResult(id, signedResult(id, 'm-1', 1)).expect(409);
    await fail(id, { error: 'late' }).expect(409);
    expect(await jobOf(id)).toMatchObject({ state: 'RUNNING', assigned_miner_id: 'r-1', attempts: 2 });
  });

  it('answers 409 for the result of an earlier attempt of the same miner', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await expireLeases();
    await app.poll('operator', session).expect(200);
    await sendResult(id, signedResult(id, 'm-1', 1)).expect(409);
    await sendResult(id, signedResult(id, 'm-1', 2)).expect(200);
  });

  it('answers 409 for the failure of an earlier attempt of the same miner', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await expireLeases();
    await app.poll('operator', session).expect(200);
    await fail(id, { error: 'late', attempt: 1 }).expect(409);
    expect(await jobOf(id)).toMatchObject({ state: 'RUNNING', attempts: 2 });
    await fail(id, { error: 'in time', attempt: 2 }).expect(200);
  });

  it('answers 404 for a job that does not exist', async () => {
    await sendResult('job_none', signedResult('job_none', 'm-1', 1)).expect(404);
    await fail('job_none', { error: 'x' }).expect(404);
  });

  it('queues a failed job again until its attempts are used up', async () => {
    const id = await app.submit();
    for (const state of ['QUEUED', 'QUEUED', 'FAILED']) {
      await app.poll('operator', session).expect(200);
      expect((await fail(id, { error: 'out of memory\u0000' }).expect(200)).body).toMatchObject({ state });
    }
    expect(await jobOf(id)).toMatchObject({
      state: 'FAILED',
      error: 'out of memory\uFFFD (attempt 3 of 3)',
      cost: null,
    });
  });

  it('fails a job at once when its request is bad', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await fail(id, { error: 'no such file', retryable: false }).expect(200);
    expect(await jobOf(id)).toMatchObject({ state: 'FAILED', attempts: 1 });
  });

  it('tells the miner of a cancellation with its next heartbeat, and refuses its result', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await app.call('client', 'post', `/jobs/${id}/cancel`).expect(200);
    const beat = { inflight: [id], status: 'busy' };
    const { body } = await app.call('operator', 'post', '/miners/heartbeat', beat, session).expect(200);
    expect(body).toEqual({ status: 'ok', lease_seconds: 30, cancelled: [id] });
    await sendResult(id, signedResult(id, 'm-1', 1)).expect(409);
  });

  it('keeps the cost at the price of the assignment', async () => {
    const id = await app.submit();
    await app.poll('operator', session).expect(200);
    await app.call('operator', 'put', '/miners/m-1/capabilities', { price: 9 }).expect(200);
    await sendResult(id, signedResult(id, 'm-1', 1)).expect(200);
    expect(await jobOf(id)).toMatchObject({ cost: 0.25 });
    const { body } = await app.call('operator', 'get', '/miners/m-1/jobs?status=COMPLETED').expect(200);
    expect(body.items).toEqual([expect.objectContaining({ job_id: id, cost: 0.25 })]);
  });

  it('wakes a waiting poll as soon as a job is queued', async () => {
    const began = performance.now();
    const waiting = app.poll('operator', session, 30).then((response) => response);
    const id = await app.submit();
    expect((await waiting).body).toMatchObject({ job_id: id });
    // It has not waited for the end of its patience.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('answers 204 when the patience is over, and refuses more than 30 s', async () => {
    await app.poll('operator', session, 0).expect(204);
    await app.poll('operator', session, 31).expect(422);
  });

  it('gives no job to a connection that has closed', async () => {
    const server = app.api.app.listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      await pollAndLeave(server);
      await waitFor(() => app.api.lines.some(({ status }) => status === 499));
      const id = await app.submit();
      expect(await jobOf(id)).toMatchObject({ state: 'QUEUED' });
      expect((await app.poll('rival', rival).expect(200)).body).toMatchObject({ job_id: id, attempt: 1 });
    } finally {
      server.close();
    }
  });

  /** Begins a long poll and closes its connection once the request has come in. */
  async function pollAndLeave(server: Server): Promise<void> {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const credentials = { 'x-api-key': app.keyOf('operator'), 'x-miner-session': session };
    const headers = { ...credentials, 'content-type': 'application/json' };
    const poll = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/miners/poll', headers });
    poll.on('error', () => undefined);
    poll.end(JSON.stringify({ max_wait_seconds: 30 }));
    await once(server, 'request');
    poll.destroy();
  }

  it('ends a waiting poll when the process drains', async () => {
    const waiting = app.poll('operator', session, 30).then((response) => response);
    setImmediate(() => app.api.state.startDraining());
    expect((await waiting).status).toBe(204);
  });
});
