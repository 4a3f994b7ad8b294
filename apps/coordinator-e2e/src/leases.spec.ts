import { setTimeout as delay } from 'node:timers/promises';
import { actor } from './testing/actors';
import { submitted } from './testing/jobs';
import { Miner } from './testing/miner';
import { JOBS, MINERS } from './testing/paths';
import { expectProblem } from './testing/problem';

const BEAT_EVERY_MS = 1_000;
/** How much later than the lease the suite looks, since clocks differ. */
const SLACK_MS = 2_000;
const TIMEOUT_MS = 300_000;

// Takes as long as the leases of the service do.
describe('leases', () => {
  it(
    'hold while the miner sends heartbeats, and else give the job to another',
    async () => {
      const client = await actor('client');
      const [steady, silent] = [await Miner.online(), await Miner.online()];
      const kept = await submitted(client, steady.model);
      const lost = await submitted(client, silent.model);
      const held = await steady.take();
      const dropped = await silent.take();
      const end = Date.parse(dropped.lease_expires_at) + SLACK_MS;
      while (Date.now() < end) {
        await steady.actor.http.post(`${MINERS}/heartbeat`, { inflight: 1, status: 'busy' }, 200);
        await delay(BEAT_EVERY_MS);
      }
      await steady.complete(held, { text: 'in time' });
      expect((await client.http.get(`${JOBS}/${kept}`)).body.state).toBe('COMPLETED');
      const other = await Miner.online({ model: silent.model });
      const again = await other.take();
      expect(again).toMatchObject({ job_id: lost, attempt: 2 });
      const late = silent.result(dropped, { text: 'too late' });
      expectProblem(await silent.actor.http.post(`${MINERS}/${lost}/result`, late, 409));
      await other.complete(again, { text: 'by the other' });
    },
    TIMEOUT_MS,
  );
});
