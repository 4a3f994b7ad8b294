import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const STREAMED = {
  payload: { service_type: 'llm_inference', service_request: { model: 'm', prompt: 'p', stream: true } },
};
const CAPABILITIES = { capabilities: { models: ['m'], gpus: [] } };

describeAboveStores('the text that a miner sends while it comes', (context) => {
  let app: CoordinatorApp;
  let session: string;
  beforeAll(async () => (app = await openCoordinatorApp(context)));
  beforeEach(async () => {
    await app.db.writeSet((sql) => sql.query('DELETE FROM jobs'));
    session = await app.register('operator', 'm-1', CAPABILITIES);
  });

  const send = (jobId: string, body: object, subject = 'operator', by = session) =>
    app.call(subject, 'post', `/miners/${jobId}/chunks`, body, by);
  const held = async (change: object = STREAMED) => {
    const id = await app.submit(change);
    await app.poll('operator', session).expect(200);
    return id;
  };
  const stored = (jobId: string) =>
    app.db.readSql((sql) =>
      sql.query<{ text: string }>('SELECT text FROM job_chunks WHERE job_id = $1 ORDER BY seq', [jobId]),
    );

  it('is stored once, whatever it holds', async () => {
    const id = await held();
    const { body } = await send(id, { attempt: 1, first: 1, texts: ['On', ' 🌊', 'a\u0000'] }).expect(200);
    expect(body).toEqual({ status: 'ok', job_id: id });
    await send(id, { attempt: 1, first: 1, texts: ['On', ' 🌊', 'a\u0000'] }).expect(200);
    expect((await stored(id)).map(({ text }) => text)).toEqual(['On', ' 🌊', 'a\uFFFD']);
  });

  it('is refused of a job that the miner does not hold, or holds no more', async () => {
    const id = await held();
    const rival = await app.register('rival', 'r-1', CAPABILITIES);
    const body = { attempt: 1, first: 1, texts: ['x'] };
    await send(id, body, 'rival', rival).expect(409);
    await send('job_none', body).expect(404);
    await send(id, body, 'operator', 'another-session').expect(401);
    await send(id, { ...body, attempt: 2 }).expect(409);
    await app.call('client', 'post', `/jobs/${id}/cancel`).expect(200);
    await send(id, body).expect(409);
    expect(await stored(id)).toEqual([]);
  });

  it('is refused where text is missing before it, or nobody asked for a stream', async () => {
    await send(await held(), { attempt: 1, first: 2, texts: ['x'] }).expect(409);
    const service_request = { model: 'm', prompt: 'p' };
    const plain = await held({ payload: { service_type: 'llm_inference', service_request } });
    await send(plain, { attempt: 1, first: 1, texts: ['x'] }).expect(409);
  });

  it.each([
    [{ attempt: 0 }, '/attempt'],
    [{ first: 0 }, '/first'],
    [{ texts: [] }, '/texts'],
    [{ texts: [''] }, '/texts'],
    [{ texts: ['x'.repeat(4_001)] }, '/texts'],
    [{ texts: Array.from({ length: 257 }, () => 'x') }, '/texts'],
  ])('is refused when it is not as it should be: %j', async (change, pointer) => {
    const { body } = await send('job_x', { attempt: 1, first: 1, texts: ['x'], ...change }).expect(422);
    expect(body.errors).toMatchObject([{ pointer }]);
  });
});
