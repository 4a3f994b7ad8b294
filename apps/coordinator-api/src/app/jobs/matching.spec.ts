import type { JobConstraints } from '@aitbc/contracts';
import type { Miner } from '@aitbc/coordinator-domain';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { type JobBench, openJobBench } from './testing/job-bench';

/** What a job asks for, what the miner has instead of the default (see `aMiner`), and whether they match. */
type Case = [what: string, constraints: JobConstraints, miner: Partial<Miner>, matches: boolean];

const CASES: Case[] = [
  ['no constraint', {}, {}, true],
  ['no constraint, a miner without anything', {}, { models: [], gpus: [], cudaNumber: null, region: null }, true],
  ['the GPU that it has', { gpu: 'RTX 4090' }, {}, true],
  ['another GPU', { gpu: 'RTX 3090' }, {}, false],
  ['a part of the name of its GPU', { gpu: 'RTX' }, {}, false],
  ['a GPU, of a miner without one', { gpu: 'T4' }, { gpus: [] }, false],
  ['as much memory as one GPU has', { min_vram_gb: 24 }, {}, true],
  ['more memory than one GPU has', { min_vram_gb: 24.001 }, {}, false],
  ['more memory than one GPU has, though two have it', { min_vram_gb: 32 }, {}, false],
  ['name and memory of one GPU', { gpu: 'T4', min_vram_gb: 16 }, {}, true],
  ['name of one GPU and memory of the other', { gpu: 'T4', min_vram_gb: 24 }, {}, false],
  ['the CUDA version that it has', { cuda: '12.4' }, {}, true],
  ['an older CUDA version', { cuda: '9.2' }, {}, true],
  ['a newer CUDA version', { cuda: '12.5' }, {}, false],
  ['a CUDA version with a longer minor', { cuda: '12.10' }, {}, false],
  ['CUDA, of a miner without it', { cuda: '9.0' }, { cuda: null, cudaNumber: null }, false],
  ['one of its models', { models: ['big-llm'] }, {}, true],
  ['all of its models', { models: ['big-llm', 'tiny-llm'] }, {}, true],
  ['one model that it has and one that it lacks', { models: ['tiny-llm', 'other'] }, {}, false],
  ['a model, of a miner without any', { models: ['tiny-llm'] }, { models: [] }, false],
  ['an empty list of models', { models: [] }, { models: [] }, true],
  ['its region', { region: 'eu-west' }, {}, true],
  ['another region', { region: 'us-east' }, {}, false],
  ['a region, of a miner that names none', { region: 'eu-west' }, { region: null }, false],
  ['its price as the highest', { max_price: 0.5 }, {}, true],
  ['a unit less than its price', { max_price: 0.49999999 }, {}, false],
  ['nothing to pay, of a free miner', { max_price: 0 }, { price: 0 }, true],
  ['its kind of job', {}, { services: ['whisper', 'text_analysis'] }, true],
  ['a kind that it does not take', {}, { services: ['whisper'] }, false],
  ['any kind, of a miner that takes none', {}, { services: [] }, false],
  [
    'everything at once',
    { gpu: 'T4', min_vram_gb: 8, cuda: '12.0', models: ['tiny-llm'], region: 'eu-west', max_price: 1 },
    {},
    true,
  ],
  [
    'everything, and one thing amiss',
    { gpu: 'T4', min_vram_gb: 8, cuda: '12.0', models: ['tiny-llm'], region: 'eu', max_price: 1 },
    {},
    false,
  ],
];

describeOnEngines('matching', (context) => {
  let bench: JobBench;
  beforeAll(async () => (bench = await openJobBench(context)));
  afterEach(() => bench.sql('DELETE FROM jobs'));

  it.each(CASES)('%s', async (_what, constraints, change, matches) => {
    const miner = await bench.addMiner(change);
    const { id } = await bench.queue({ constraints });
    expect((await bench.claim(miner))?.job_id).toBe(matches ? id : undefined);
  });

  it('gives the oldest job that fits, and passes over an older one that does not', async () => {
    const miner = await bench.addMiner();
    await bench.queue({ constraints: { region: 'elsewhere' } });
    const older = await bench.queue();
    const newer = await bench.queue();
    const taken = [await bench.claim(miner), await bench.claim(miner), await bench.claim(miner)];
    expect(taken.map((job) => job?.job_id)).toEqual([older.id, newer.id, undefined]);
  });

  it('gives a request that names a model to a miner that has it', async () => {
    const serviceRequest = { model: 'big-llm', prompt: 'hello' };
    const { id } = await bench.queue({ serviceType: 'llm_inference', serviceRequest });
    expect(await bench.claim(await bench.addMiner({ models: ['tiny-llm'] }))).toBeUndefined();
    expect((await bench.claim(await bench.addMiner({ models: ['big-llm'] })))?.job_id).toBe(id);
  });

  it('gives a miner no more jobs than its concurrency', async () => {
    const miner = await bench.addMiner({ concurrency: 2 });
    for (let n = 0; n < 3; n += 1) await bench.queue();
    const taken = await Promise.all([bench.claim(miner), bench.claim(miner), bench.claim(miner)]);
    expect(taken.filter(Boolean)).toHaveLength(2);
  });

  it('gives nothing to a removed miner, nor a job whose time to live is over', async () => {
    await bench.queue();
    expect(await bench.claim(await bench.addMiner({ removedAt: 1 }))).toBeUndefined();
    await bench.sql('UPDATE jobs SET expires_at = 1');
    expect(await bench.claim(await bench.addMiner())).toBeUndefined();
  });

  it('hands over request, constraints, attempt and lease, and freezes the price of that moment', async () => {
    const miner = await bench.addMiner({ price: 7 });
    const { id } = await bench.queue({ constraints: { max_price: 1 } });
    const before = Date.now();
    const job = await bench.claim(miner);
    await bench.sql('UPDATE miners SET price = 99');
    expect(job).toMatchObject({
      job_id: id,
      attempt: 1,
      constraints: { max_price: 1 },
      payload: { service_type: 'text_analysis', service_request: { text: 'a fine day', tasks: ['language'] } },
    });
    const lease = Date.parse(job?.lease_expires_at ?? '') - before;
    expect(lease).toBeGreaterThan(29_000);
    expect(lease).toBeLessThan(40_000);
    expect(await bench.store.find(id)).toMatchObject({ state: 'RUNNING', price: 7, assignedMinerId: miner.id });
  });
});
