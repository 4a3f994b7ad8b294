import { type Actor, actor, admin, unique } from './testing/actors';
import { jobBody, submitted } from './testing/jobs';
import { allOf } from './testing/pages';
import { JOBS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT } from './testing/shapes';

let alice: Actor;
/** No miner has it: jobs that ask for it wait. */
const model = unique('model');
beforeAll(async () => {
  alice = await actor('client');
});

const idsOf = async (who: Actor, path: string) =>
  (await allOf<{ job_id: string }>(who, path)).map(({ job_id }) => job_id).sort();

describe('submitting jobs', () => {
  it('answers the queued job, with its defaults', async () => {
    const body = jobBody(model);
    const { body: job } = await alice.http.post(JOBS, body);
    expect(job).toMatchObject({
      state: 'QUEUED',
      assigned_miner_id: null,
      error: null,
      payment_id: null,
      payment_status: null,
      payload: body.payload,
      requested_at: expect.stringMatching(INSTANT),
      expires_at: expect.stringMatching(INSTANT),
    });
    expect(job.job_id).toMatch(idOf('job'));
    expect(Date.parse(job.expires_at) - Date.parse(job.requested_at)).toBe(900_000);
    expect((await alice.http.get(`${JOBS}/${job.job_id}`)).body).toEqual(job);
  });

  it('keeps constraints and payment', async () => {
    const more = {
      constraints: {
        gpu: 'RTX 4090',
        cuda: '12.4',
        min_vram_gb: 8.5,
        models: [model],
        region: 'eu',
        max_price: 0.00000001,
      },
      ttl_seconds: 60,
      payment_amount: 1.25,
      payment_currency: 'AIT',
    };
    const { body } = await alice.http.post(JOBS, jobBody(model, more));
    const { ttl_seconds, ...kept } = more;
    expect(body).toMatchObject(kept);
    expect(Date.parse(body.expires_at) - Date.parse(body.requested_at)).toBe(ttl_seconds * 1_000);
  });

  it('is for services as well', async () => {
    const service = await actor('service');
    const id = await submitted(service, model);
    expect((await service.http.get(`${JOBS}/${id}`)).body.state).toBe('QUEUED');
  });

  it('refuses a job for an agent that the client does not have', async () => {
    const body = jobBody(model);
    const payload = { ...body.payload, agent_id: unique('agent') };
    expectProblem(await alice.http.post(JOBS, { ...body, payload }, 422), ['/payload/agent_id']);
  });
});

describe('looking at jobs', () => {
  it('lists the client’s own, newest included, by state, kind and time', async () => {
    const owner = await actor('client');
    const from = new Date(Date.now() - 60_000).toISOString();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const ids = [await submitted(owner, model), await submitted(owner, model), await submitted(owner, model)].sort();
    expect(await idsOf(owner, `${JOBS}?limit=2`)).toEqual(ids);
    expect(await idsOf(owner, `${JOBS}?status=QUEUED&job_type=llm_inference`)).toEqual(ids);
    expect(await idsOf(owner, `${JOBS}?job_type=whisper`)).toEqual([]);
    expect(await idsOf(owner, `${JOBS}?status=RUNNING`)).toEqual([]);
    expect(await idsOf(owner, `${JOBS}?from_time=${from}&to_time=${later}`)).toEqual(ids);
    expect(await idsOf(owner, `${JOBS}?from_time=${later}`)).toEqual([]);
    expect(await idsOf(owner, `${JOBS}?to_time=${from}`)).toEqual([]);
    expect((await owner.http.get(`${JOBS}?count=true&limit=1`)).headers['x-total-count']).toBe('3');
    expect((await owner.http.get(`${JOBS}?offset=2`)).body.items).toHaveLength(1);
  });

  it('shows the finished ones in the history', async () => {
    const owner = await actor('client');
    const [open, over] = [await submitted(owner, model), await submitted(owner, model)];
    await owner.http.post(`${JOBS}/${over}/cancel`, undefined, 200);
    expect(await idsOf(owner, `${JOBS}/history`)).toEqual([over]);
    expect(await idsOf(owner, JOBS)).toEqual([open, over].sort());
    expect(await idsOf(owner, `${JOBS}/history?status=COMPLETED`)).toEqual([]);
  });

  it('hides the jobs of others, except from admins', async () => {
    const id = await submitted(alice, model);
    await admin.get(`${JOBS}/${id}`);
    const bob = await actor('client');
    for (const path of ['', '/result', '/receipt', '/receipts']) {
      expectProblem(await bob.http.get(`${JOBS}/${id}${path}`, 404));
    }
    expectProblem(await bob.http.post(`${JOBS}/${id}/cancel`, undefined, 404));
    expect(await idsOf(bob, JOBS)).toEqual([]);
  });

  it.each(['', '/result', '/receipt', '/receipts'])('answers 404 for an unknown one at %s', async (path) => {
    expectProblem(await alice.http.get(`${JOBS}/job_none${path}`, 404));
  });
});

describe('jobs that have not ended', () => {
  it('have no result and no receipt yet: 425', async () => {
    const id = await submitted(alice, model);
    expectProblem(await alice.http.get(`${JOBS}/${id}/result`, 425));
    expectProblem(await alice.http.get(`${JOBS}/${id}/result?wait=1`, 425));
    expectProblem(await alice.http.get(`${JOBS}/${id}/receipt`, 425));
    expect((await alice.http.get(`${JOBS}/${id}/receipts`)).body.items).toEqual([]);
  });

  it('can be cancelled, once', async () => {
    const id = await submitted(alice, model);
    expect((await alice.http.post(`${JOBS}/${id}/cancel`, undefined, 200)).body).toMatchObject({ state: 'CANCELED' });
    expectProblem(await alice.http.post(`${JOBS}/${id}/cancel`, undefined, 409));
    expect((await alice.http.get(`${JOBS}/${id}/result`)).body).toMatchObject({ result: null, receipt: null });
    expectProblem(await alice.http.post(`${JOBS}/job_none/cancel`, undefined, 404));
  });

  it('expire when their time in the queue is over', async () => {
    const id = await submitted(alice, model, { ttl_seconds: 1 });
    await alice.http.get(`${JOBS}/${id}/result?wait=30`);
    expect((await alice.http.get(`${JOBS}/${id}`)).body.state).toBe('EXPIRED');
    expectProblem(await alice.http.post(`${JOBS}/${id}/cancel`, undefined, 409));
  });
});
