import { existsSync, mkdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exclusively, OperatorError, runProgram } from '@aitbc/operator-programs';
import { Layout, SERVICES, type ServiceName } from './layout';
import { controlSocket, wantedUnits } from './services/supervised-services';
import { unitName } from './services/unit-file';
import { serveControl } from './supervise/control-server';
import { pidFile, SupervisedUnit } from './supervise/supervised-unit';

const USAGE = `usage: supervise [--root DIR]
Runs the services of an installation where there is no systemd, as their units say, until SIGTERM or SIGINT.`;

const LOOK_MS = 50;

/** `supervise`: the units of an installation, run without systemd. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { root: { type: 'string' } } });
  const layout = new Layout(values.root);
  if (layout.isSystem && existsSync('/run/systemd/system'))
    throw new OperatorError('systemd runs here: systemctl start aitbc.target');
  mkdirSync(layout.runtime, { recursive: true, mode: 0o750 });
  await exclusively(join(layout.runtime, 'supervise.lock'), () => supervise(layout));
  return 0;
}

async function supervise(layout: Layout): Promise<void> {
  const say = (sentence: string) => void process.stdout.write(`${new Date().toISOString()} ${sentence}\n`);
  const over = interrupted();
  for (const service of SERVICES) await endLeftBehind(layout, service, say);
  const units = new Map(SERVICES.map((service) => [service, new SupervisedUnit(layout, service, say)]));
  const server = await serveControl(controlSocket(layout), units);
  const wanted = SERVICES.filter((service) => existsSync(join(wantedUnits(layout), unitName(service))));
  for (const service of wanted) units.get(service)?.start();
  say(`Supervising ${wanted.join(', ') || 'nothing yet'} below ${layout.root}`);
  say(`${await over}: stopping`);
  server.close();
  // The miner first, which hands its jobs back to a coordinator that still answers.
  for (const service of SERVICES.toReversed()) await units.get(service)?.stop();
}

/** Resolves with the first signal; by the second one the process ends at once. */
function interrupted(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}

/** A supervisor that was killed leaves its services running, which would hold the ports of those that we start. */
async function endLeftBehind(layout: Layout, service: ServiceName, say: (sentence: string) => void): Promise<void> {
  const file = pidFile(layout, service);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (!isOurs(layout, pid)) return;
  say(`${service} (process ${pid}) was left behind; it is stopped`);
  process.kill(pid, 'SIGTERM');
  while (isOurs(layout, pid)) await sleep(LOOK_MS);
}

/** Its number may belong to another program meanwhile: ours run a Node of a release of this installation. */
function isOurs(layout: Layout, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`).startsWith(realpathSync(layout.releases));
  } catch {
    return false;
  }
}

runProgram(USAGE, main);
