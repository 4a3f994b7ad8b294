import { type Actor, actor, unique } from './testing/actors';
import { submitted } from './testing/jobs';
import { Miner, type Offer } from './testing/miner';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

const gpu = (name: string, memory_mb: number) => ({ capabilities: { gpus: [{ name, memory_mb }] } });

/** For each constraint a miner that does not meet it, and one that does. */
const cases: [string, object, Offer, Offer][] = [
  ['gpu', { gpu: 'RTX 4090' }, gpu('RTX 4080', 24_576), gpu('RTX 4090', 24_576)],
  ['cuda', { cuda: '12.4' }, { capabilities: { cuda: '12.3' } }, { capabilities: { cuda: '12.10' } }],
  ['min_vram_gb', { min_vram_gb: 16 }, gpu('A', 16_383), gpu('A', 16_384)],
  ['region', { region: 'eu-north' }, { region: 'eu-south' }, { region: 'eu-north' }],
  ['max_price', { max_price: 0.5 }, { capabilities: { price: 0.50000001 } }, { capabilities: { price: 0.5 } }],
  [
    'all at once',
    { gpu: 'H100', min_vram_gb: 80, region: 'us', max_price: 2 },
    { ...gpu('H100', 81_920), region: 'eu' },
    { ...gpu('H100', 81_920), region: 'us' },
  ],
];

describe('matching', () => {
  it.each(cases)('honours %s', async (_name, constraints, unfit, fit) => {
    const model = unique('model');
    const id = await submitted(alice, model, { constraints });
    await (await Miner.online({ model, ...unfit })).findNothing();
    expect((await (await Miner.online({ model, ...fit })).take()).job_id).toBe(id);
  });

  it('honours models, all that are named', async () => {
    const [model, second] = [unique('model'), unique('model')];
    const id = await submitted(alice, model, { constraints: { models: [second] } });
    await (await Miner.online({ model })).findNothing();
    const both = await Miner.online({ model, capabilities: { models: [model, second] } });
    expect((await both.take()).job_id).toBe(id);
  });

  it('gives a miner no more jobs than it runs at once', async () => {
    const miner = await Miner.online({ concurrency: 2 });
    for (let count = 0; count < 3; count += 1) await submitted(alice, miner.model);
    const first = await miner.take();
    await miner.take();
    await miner.findNothing();
    await miner.complete(first, {});
    await miner.take();
  });

  it('gives the oldest first', async () => {
    const miner = await Miner.online({ concurrency: 3 });
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push(await submitted(alice, miner.model));
    const taken = [await miner.take(), await miner.take(), await miner.take()];
    expect(taken.map(({ job_id }) => job_id)).toEqual(ids);
  });
});
