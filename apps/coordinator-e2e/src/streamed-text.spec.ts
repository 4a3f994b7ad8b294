import { type Actor, actor, unique } from './testing/actors';
import { jobBody } from './testing/jobs';
import { type AssignedJob, Miner } from './testing/miner';
import { JOBS, MINERS } from './testing/paths';
import { expectProblem } from './testing/problem';

let alice: Actor;
let miner: Miner;
beforeAll(async () => {
  alice = await actor('client');
});
// One for each test: the jobs that it is left with must not keep it from the next ones, nor come again when their leases end.
beforeEach(async () => {
  miner = await Miner.online({ concurrency: 2 });
});

async function held(stream: boolean): Promise<AssignedJob> {
  const service_request = { model: miner.model, prompt: 'Once', stream };
  await alice.http.post(JOBS, { ...jobBody(miner.model), payload: { service_type: 'llm_inference', service_request } });
  return miner.take();
}

const sent = (id: string, body: object, status: number, by = miner) =>
  by.actor.http.post(`${MINERS}/${id}/chunks`, body, status);
const piece = { attempt: 1, first: 1, texts: ['Once'] };

describe('the text that a miner sends while it runs a job', () => {
  it('is taken from the miner that holds the job, and may be sent again', async () => {
    const { job_id } = await held(true);
    for (let time = 0; time < 2; time += 1) {
      expect((await sent(job_id, piece, 200)).body).toEqual({ status: 'ok', job_id });
    }
    await sent(job_id, { ...piece, first: 2 }, 200);
  });

  it('is refused from any other miner, of another attempt, and after the end', async () => {
    const job = await held(true);
    expectProblem(await sent(job.job_id, piece, 409, await Miner.online()));
    expectProblem(await sent(job.job_id, { ...piece, attempt: 2 }, 409));
    await miner.complete(job, { text: 'Once' });
    expectProblem(await sent(job.job_id, piece, 409));
    expectProblem(await sent(unique('job'), piece, 404));
  });

  it('is refused where text is missing before it, or nobody asked for it', async () => {
    expectProblem(await sent((await held(true)).job_id, { ...piece, first: 2 }, 409));
    expectProblem(await sent((await held(false)).job_id, piece, 409));
  });

  it.each([
    [{ attempt: 0 }, '/attempt'],
    [{ first: 0 }, '/first'],
    [{ texts: [] }, '/texts'],
    [{ texts: 'Once' }, '/texts'],
    [{ surprise: 1 }, '/surprise'],
  ])('is refused when it is not as documented: %j', async (change, pointer) => {
    expectProblem(await sent('job_any', { ...piece, ...change }, 422), [pointer]);
  });
});
