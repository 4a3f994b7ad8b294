import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { type AppName, ChildApp } from './child-app';
import { Supervisor } from './supervisor';

/** Says that it has begun, and does what its file says at that time: end with a code, or go on until it is told to stop. */
const SCRIPT = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const { DIARY, ORDERS, NAME } = process.env;
  const note = (what) => appendFileSync(DIARY, what + ' ' + NAME + '\\n');
  note('began');
  const order = readFileSync(ORDERS, 'utf8');
  if (order !== 'run') {
    console.error('because ' + order + ' was ordered');
    process.exit(Number(order));
  }
  process.on('SIGTERM', () => { note('stopped'); process.exit(0); });
  console.log(JSON.stringify({ event: 'listening', url: NAME }));
  setInterval(() => undefined, 1000);`;

const folder = temporaryFolder();
const supervisors: Supervisor[] = [];
let said: string[];
let diary: string;

beforeAll(() => {
  for (const app of ['coordinator-api', 'agent-management', 'miner']) {
    mkdirSync(folder.file(`apps/${app}`), { recursive: true });
    writeFileSync(folder.file(`apps/${app}/main.js`), SCRIPT);
  }
});
beforeEach(() => {
  said = [];
  diary = folder.file(`diary ${supervisors.length}`);
});
afterAll(async () => {
  await Promise.all(supervisors.map((each) => each.stop()));
  await folder.remove();
});

function newSupervisor(): Supervisor {
  const supervisor = new Supervisor((sentence) => said.push(sentence));
  supervisors.push(supervisor);
  return supervisor;
}

function order(app: AppName, what: string): void {
  writeFileSync(folder.file(`orders of ${app}`), what);
}

/** Starts it under the supervisor; gives its latest process. */
async function startUnder(supervisor: Supervisor, app: AppName): Promise<() => ChildApp> {
  const launched: ChildApp[] = [];
  const launch = () => {
    const environment = { NAME: app, DIARY: diary, ORDERS: folder.file(`orders of ${app}`) };
    const child = new ChildApp({ app, dist: folder.path, environment, onLine: () => undefined });
    launched.push(child);
    return child;
  };
  expect(await supervisor.start(launch, (child) => child.listening())).toBe(app);
  return () => launched.at(-1) as ChildApp;
}

const noted = (what: string) =>
  existsSync(diary)
    ? readFileSync(diary, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(what))
    : [];
const began = (times: number) => waitFor(() => noted('began').length === times, { timeoutMs: 20_000 });

describe('a supervisor', () => {
  it('starts again what dies, after a pause that grows while it dies again', async () => {
    order('miner', 'run');
    const latest = await startUnder(newSupervisor(), 'miner');
    order('miner', '3');
    latest().signal('SIGKILL');
    await began(3);
    order('miner', 'run');
    await began(4);
    expect(said).toEqual([
      'miner ended with SIGKILL; it is started again in 0.5 s',
      'miner ended with 3: because 3 was ordered; it is started again in 1 s',
      'miner ended with 3: because 3 was ordered; it is started again in 2 s',
    ]);
  });

  it('gives up, with the reason, when a process says that its configuration is bad', async () => {
    order('miner', 'run');
    const supervisor = newSupervisor();
    const latest = await startUnder(supervisor, 'miner');
    order('miner', '78');
    latest().signal('SIGKILL');
    expect(await supervisor.broken).toBe('miner ended with 78: because 78 was ordered');
    expect(said).toHaveLength(1);
  });

  it('does not try again what fails at its first start', async () => {
    order('miner', '1');
    await expect(startUnder(newSupervisor(), 'miner')).rejects.toThrow('miner ended with 1: because 1 was ordered');
    expect(noted('began')).toHaveLength(1);
    expect(said).toEqual([]);
  });

  it('stops what was started last first, and starts nothing from then on', async () => {
    const supervisor = newSupervisor();
    const latest = new Map<AppName, () => ChildApp>();
    for (const app of ['coordinator-api', 'agent-management', 'miner'] as const) {
      order(app, 'run');
      latest.set(app, await startUnder(supervisor, app));
    }
    latest.get('agent-management')?.().signal('SIGKILL');
    // In the pause before it is started again.
    await waitFor(() => said.length === 1);
    await supervisor.stop();
    expect(noted('stopped')).toEqual(['stopped miner', 'stopped coordinator-api']);
    expect(noted('began')).toHaveLength(3);
    await expect(startUnder(supervisor, 'miner')).rejects.toThrow('nothing is started any more');
  });
});
