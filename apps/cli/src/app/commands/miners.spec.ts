import { FakeService } from '../../testing/fake-service';
import { runHere } from '../../testing/run-here';

it('shows a miner that takes every kind of job', async () => {
  const capabilities = { services: null, gpus: [{ name: 'RTX' }], models: [], price: 0.5 };
  const miner = { miner_id: 'miner-1', status: 'available', inflight: 1, concurrency: 2, region: 'eu', capabilities };
  const list = { items: [miner], next_cursor: null };
  const service = await new FakeService(({ url }) => [200, url === '/api/v1/miners' ? list : miner]).start();
  const environment = { AITBC_URL: service.url, AITBC_KEY: 'key' };
  const listed = await runHere(['miners', 'list'], environment);
  expect(listed).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^miner-1 +available +1\/2 +all +0\.5 +eu$/m),
  });
  const shown = await runHere(['miners', 'show', 'miner-1'], environment);
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^services +all$/m) });
  service.stop();
});
