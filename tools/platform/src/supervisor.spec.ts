import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { type AppName, ChildApp } from './child-app';
import { Supervisor } from './supervisor';

/**
 * Says that it has begun, and does what its file says of this start, or says last: end with a code, or go on until it is
 * told to stop. Of all starts it is said beforehand, since whoever changes it between two of them may come too late.
 */
const SCRIPT = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const { DIARY, ORDERS, NAME } = process.env;
  const note = (what) => appendFileSync(DIARY, what + ' ' + NAME + '\\n');
  note('began');
  const starts = readFileSync(DIARY, 'utf8').split('began ' + NAME + '\\n').length - 1;
  const orders = readFileSync(ORDERS, 'utf8').split(' ');
  const order = orders[starts - 1] ?? orders.at(-1);
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

function newSupervisor(onRestart: () => void = () => undefined): Supervisor {
  const supervisor = new Supervisor((sentence) => {
    said.push(sentence);
    onRestart();
  });
  supervisors.push(supervisor);
  return supervisor;
}

/** What each start of an app comes to, from the first on. */
function order(app: AppName, ...orders: readonly string[]): void {
  writeFileSync(folder.file(`orders of ${app}`), orders.join(' '));
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

describe('a supervisor', () => {
  it('starts again what dies, after a pause that grows while it dies again', async () => {
    order('miner', 'run', '3', '3', 'run');
    const latest = await startUnder(newSupervisor(), 'miner');
    latest().signal('SIGKILL');
    await waitFor(() => noted('began').length === 4);
    expect(said).toEqual([
      'miner ended with SIGKILL; it is started again in 0.5 s',
      'miner ended with 3: because 3 was ordered; it is started again in 1 s',
      'miner ended with 3: because 3 was ordered; it is started again in 2 s',
    ]);
  });

  it('gives up, with the reason, when a process says that its configuration is bad', async () => {
    order('miner', 'run', '78');
    const supervisor = newSupervisor();
    const latest = await startUnder(supervisor, 'miner');
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
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    // In the pause before it is started again, which begins when it has been said and is short.
    const supervisor = newSupervisor(() => queueMicrotask(() => resolve(supervisor.stop())));
    const latest = new Map<AppName, () => ChildApp>();
    for (const app of ['coordinator-api', 'agent-management', 'miner'] as const) {
      order(app, 'run');
      latest.set(app, await startUnder(supervisor, app));
    }
    latest.get('agent-management')?.().signal('SIGKILL');
    await stopped;
    expect(said).toHaveLength(1);
    expect(noted('stopped')).toEqual(['stopped miner', 'stopped coordinator-api']);
    expect(noted('began')).toHaveLength(3);
    await expect(startUnder(supervisor, 'miner')).rejects.toThrow('nothing is started any more');
  });
});
