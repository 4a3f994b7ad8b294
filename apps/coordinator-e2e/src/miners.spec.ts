import { type Actor, actor, admin, atEnd, unique } from './testing/actors';
import { submitted } from './testing/jobs';
import { ed25519 } from './testing/jws';
import { Miner } from './testing/miner';
import { allOf } from './testing/pages';
import { MINERS } from './testing/paths';
import { expectProblem } from './testing/problem';

interface MinerView {
  readonly id: string;
}

async function register(operator: Actor, body: object): Promise<string> {
  const { body: answer } = await operator.http.post(`${MINERS}/register`, body, 200);
  expect(answer).toMatchObject({ status: expect.any(String), session_token: expect.stringMatching(/\S{20}/) });
  return answer.session_token;
}

describe('registering miners', () => {
  it('keeps what the miner offers', async () => {
    const operator = await actor('miner');
    const capabilities = {
      models: ['a', 'b'],
      gpus: [{ name: 'RTX 4090', memory_mb: 24_576 }],
      cuda: '12.4',
      price: 0.1,
    };
    await register(operator, { capabilities, concurrency: 2, region: 'eu', public_key: ed25519().publicJwk });
    atEnd(() => operator.http.delete(`${MINERS}/${operator.subject}`));
    const [found, ...more] = await allOf<MinerView>(operator, MINERS);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ capabilities, concurrency: 2, region: 'eu', owner_id: operator.subject });
  });

  it('takes a raw key, and replaces what was registered before', async () => {
    const operator = await actor('miner');
    const first = await register(operator, { capabilities: { models: ['old'] }, public_key: ed25519().publicJwk.x });
    const second = await register(operator, { capabilities: { models: ['new'] }, public_key: ed25519().publicJwk.x });
    atEnd(() => operator.http.delete(`${MINERS}/${operator.subject}`));
    expect(second).not.toBe(first);
    const miners = await allOf<MinerView>(operator, MINERS);
    expect(miners).toMatchObject([{ capabilities: { models: ['new'] } }]);
  });
});

describe('heartbeats', () => {
  it('are taken from registered miners', async () => {
    const { actor: operator } = await Miner.online();
    const beat = { inflight: 0, status: 'available', metadata: { load: 0.5 } };
    expect((await operator.http.post(`${MINERS}/heartbeat`, beat, 200)).body).toMatchObject({ status: 'ok' });
  });
});

describe('managing miners', () => {
  it('shows each operator its own, and admins all', async () => {
    const [mine, theirs] = [await Miner.online(), await Miner.online()];
    expect((await allOf<MinerView>(mine.actor, MINERS)).map(({ id }) => id)).toEqual([mine.id]);
    for (const { id } of [mine, theirs]) await admin.get(`${MINERS}/${id}/jobs`);
    expect((await mine.actor.http.get(`${MINERS}/${mine.id}`)).body).toMatchObject({ id: mine.id, online: true });
    expectProblem(await mine.actor.http.get(`${MINERS}/${theirs.id}`, 404));
    expectProblem(await mine.actor.http.get(`${MINERS}/${theirs.id}/jobs`, 404));
    expectProblem(await mine.actor.http.put(`${MINERS}/${theirs.id}/capabilities`, { models: [] }, 404));
    expectProblem(await mine.actor.http.delete(`${MINERS}/${theirs.id}`, 404));
  });

  it('lists the jobs of a miner', async () => {
    const miner = await Miner.online({ concurrency: 2 });
    const client = await actor('client');
    const ids = [await submitted(client, miner.model), await submitted(client, miner.model)];
    await miner.complete(await miner.take(), {});
    await miner.take();
    const jobs = await allOf<{ job_id: string }>(miner.actor, `${MINERS}/${miner.id}/jobs?limit=1`);
    expect(jobs.map(({ job_id }) => job_id).sort()).toEqual([...ids].sort());
    const over = await allOf<{ job_id: string }>(miner.actor, `${MINERS}/${miner.id}/jobs?status=COMPLETED`);
    expect(over).toMatchObject([{ job_id: ids[0] }]);
  });

  it('changes capabilities, which matching then goes by', async () => {
    const miner = await Miner.online();
    const model = unique('model');
    const id = await submitted(await actor('client'), model);
    await miner.findNothing();
    const capabilities = { services: ['llm_inference'], models: [model] };
    await miner.actor.http.put(`${MINERS}/${miner.id}/capabilities`, capabilities);
    expect((await miner.take()).job_id).toBe(id);
  });

  it('removes a miner, which then has to register again', async () => {
    const operator = await actor('miner');
    await register(operator, { capabilities: { models: [] }, public_key: ed25519().publicJwk });
    await operator.http.delete(`${MINERS}/${operator.subject}`);
    expect(await allOf<MinerView>(operator, MINERS)).toEqual([]);
    expectProblem(await operator.http.get(`${MINERS}/${operator.subject}/jobs`, 404));
    expectProblem(await operator.http.delete(`${MINERS}/${operator.subject}`, 404));
  });

  it.each(['jobs', 'capabilities'])('answers 404 for an unknown miner at %s', async (part) => {
    const { http } = await actor('miner');
    const path = `${MINERS}/${unique('none')}/${part}`;
    expectProblem(part === 'jobs' ? await http.get(path, 404) : await http.put(path, { models: [] }, 404));
  });
});
