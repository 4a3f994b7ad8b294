import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from './child-app';
import { Fleet } from './fleet';
import { freePort } from './free-port';
import { isReady } from './is-ready';
import { agentsLaunch, coordinatorLaunch } from './launches';
import { Supervisor } from './supervisor';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const LOOK_MS = 5;

/** `node measure-restart.js`: kills each service once under the supervisor of `npm start`; prints how long each was away (ms). */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-restart-'));
  const databaseUrl = `sqlite:${join(folder, 'coordinator.db')}`;
  const fleet = new Fleet({ dist: DIST, folder, databaseUrl, onLine: () => undefined });
  const supervisor = new Supervisor(() => undefined);
  try {
    const [port, agentPort] = [String(await freePort()), String(await freePort())];
    const [url, agentsUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${agentPort}`];
    for (const launch of [coordinatorLaunch(port, agentsUrl), agentsLaunch(agentPort, url)]) {
      await supervisor.start(
        () => fleet.launch(launch),
        (child) => child.listening(),
      );
    }
    const measured = {
      agents: await timeAway(fleet, 'agent-management', agentsUrl),
      coordinator: await timeAway(fleet, 'coordinator-api', url),
    };
    process.stdout.write(`${JSON.stringify(measured)}\n`);
  } finally {
    await supervisor.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the kill until the service that was started in its place is ready. */
async function timeAway(fleet: Fleet, name: ServiceName, url: string): Promise<number> {
  const victim = fleet.process(name);
  const killedAt = performance.now();
  victim.signal('SIGKILL');
  await victim.ended;
  while (!(await isReady(url))) await sleep(LOOK_MS);
  return performance.now() - killedAt;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
