import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../../api';
import { freePort } from '../../free-port';
import { issueKeys } from '../../keys';
import { createWorkflow, execute, finalState, verifiedReceipt } from '../../testing/executions';
import { KINDS_OF_STEPS } from '../kinds-of-steps';
import { SERVICES } from './deployed-files';
import { InstalledMachine } from './installed-machine';
import { type Notification, Notifications } from './notifications';
import { RestrictedProcess } from './restricted-process';
import { RESTRICTION_PROBE } from './restriction-probe';
import { UnitFile } from './unit-file';

type Service = (typeof SERVICES)[number];

/** Two services and a miner start one after another, on machines that have other work. */
const START_TIMEOUT_MS = 60_000;
jest.setTimeout(3 * START_TIMEOUT_MS);

/** With quotes around it in the file: what a service reads is what systemd has made of them. */
const ADMIN_KEY = 'an admin key # of 40 characters, at least';

const WORKFLOW = {
  name: 'All that a service starts',
  verification_level: 'full',
  steps: {
    ...KINDS_OF_STEPS,
    program: {
      name: 'Job that is a program',
      step_type: 'inference',
      config: { service_type: 'ffmpeg', parameters: { input_url: 'https://example.org/a.mp4', output_format: 'mp4' } },
      input_mappings: {},
    },
  },
};

/** What the miner runs as a job: it looks for what it should not have. */
const COMMANDS = {
  commands: [
    {
      kind: 'ffmpeg',
      command: 'sh',
      probe_args: ['-c', 'true'],
      args: [
        '-c',
        'echo "socket: $NOTIFY_SOCKET, database: $(tr "\\0" "\\n" < /proc/$PPID/environ | grep -c DATABASE_URL)"',
      ],
      schema: { type: 'object' },
      stdout: true,
    },
  ],
};

let machine: InstalledMachine;
let notifications: Notifications;
let urls: { coordinator: string; agents: string };
const running = new Map<Service, RestrictedProcess>();
/** Of the services themselves, as they tell systemd. */
const pids = new Map<Service, number>();
const unitOf = (service: Service) => UnitFile.of(`aitbc-${service}.service`);

beforeAll(async () => {
  machine = await InstalledMachine.create();
  mkdirSync(machine.path('/run/systemd'));
  notifications = await Notifications.listen(machine.path('/run/systemd/notify'));
  const [coordinator, agents] = [await freePort(), await freePort()];
  urls = { coordinator: `http://127.0.0.1:${coordinator}`, agents: `http://127.0.0.1:${agents}` };
  machine.configure('platform', `ISSUER_URL=${urls.coordinator}`, `BOOTSTRAP_ADMIN_KEY="${ADMIN_KEY}"`);
  machine.configure('coordinator-api', `PORT=${coordinator}`, `AGENT_MANAGEMENT_URL='${urls.agents}'`);
  machine.configure('agent-management', `PORT=${agents}`, `COORDINATOR_URL=${urls.coordinator}  `);
});

afterAll(async () => {
  for (const process of running.values()) process.kill();
  await Promise.all([...running.values()].map(({ ended }) => ended));
  await notifications.close();
  await machine.remove();
});

/** Starts a service, and resolves with what it tells systemd as soon as it is ready. */
async function start(service: Service): Promise<Notification> {
  const before = notifications.count;
  const started = await RestrictedProcess.start(machine, unitOf(service));
  running.set(service, started);
  const over = started.ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${started.output()}`)));
  const ready = waitFor(() => notifications.find({ READY: '1' }, before), { timeoutMs: START_TIMEOUT_MS });
  const said = await Promise.race([ready, over]);
  pids.set(service, Number(said['MAINPID']));
  return said;
}

/** Has the process of the service itself end, and gives its exit code. */
async function end(service: Service, signal: NodeJS.Signals): Promise<string | undefined> {
  const pid = pids.get(service);
  if (pid === undefined) throw new Error(`there is no ${service}`);
  process.kill(pid, signal);
  return running.get(service)?.ended;
}

it('services start as their units say, make the database, and run a workflow with all kinds of steps', async () => {
  expect(await start('coordinator-api')).toMatchObject({ STATUS: `listens at ${urls.coordinator}` });
  expect((await fetch(`${urls.coordinator}/ready`)).status).toBe(200);
  expect(await start('agent-management')).toMatchObject({ STATUS: `listens at ${urls.agents}` });
  expect((await fetch(`${urls.agents}/ready`)).status).toBe(200);
  const admin = new Api(urls, ADMIN_KEY);
  const keys = await issueKeys(admin);
  writeFileSync(machine.path('/etc/aitbc/commands.json'), JSON.stringify(COMMANDS));
  const commands = 'MINER_COMMANDS_FILE=/etc/aitbc/commands.json';
  machine.configure('miner', `MINER_KEY=${keys.miner}`, `COORDINATOR_URL=${urls.coordinator}`, commands);
  await start('miner');
  const client = admin.withKey(keys.client);
  const id = await execute(client, await createWorkflow(client, WORKFLOW), { n: 20 });
  const { status, final_result: result } = await finalState(client, id);
  expect({ status, result }).toMatchObject({ status: 'completed', result: { expression: 21, code: 40 } });
  await verifiedReceipt(client, id);
  expect(JSON.stringify(result)).toContain('socket: , database: 0');
  expect(statSync(machine.path('/var/lib/aitbc/coordinator.db')).mode & 0o777).toBe(0o600);
});

it.each(SERVICES)(
  'the %s can change nothing but its state, and gets nothing that it has no use for',
  async (service) => {
    const unit = unitOf(service);
    const [own = ''] = unit.words('StateDirectory').map((name) => `/var/lib/${name}`);
    const [node = ''] = unit.words('ExecStart');
    const closed = ['/var/lib/aitbc/router', `/opt/aitbc/current/${service}`, '/etc/aitbc', '/usr', '/'];
    const probe = await RestrictedProcess.start(machine, unit, [node, '-e', RESTRICTION_PROBE, '--', own, ...closed]);
    expect(await probe.ended).toBe('0');
    expect(JSON.parse(probe.output())).toEqual({
      user: machine.userId(unit.required('User')),
      capabilities: ['0000000000000000', '0000000000000000'],
      // A filter of system calls.
      seccomp: '2',
      own: 'done',
      readOnly: closed.map(() => 'EROFS'),
      home: [],
      temporary: [[], 'done'],
      disks: [],
      owner: 'EPERM',
      priority: 'EPERM',
      netlink: `Unknown system error ${constants.errno.EAFNOSUPPORT}`,
      namespace: 1,
    });
  },
);

it('without these settings the same program finds all of it open', async () => {
  const unit = new UnitFile('[Service]\nUser=aitbc\nUMask=0077\nWorkingDirectory=/var/lib/aitbc\n');
  const [node = ''] = unitOf('coordinator-api').words('ExecStart');
  const open = ['/var/lib/aitbc/router', '/opt/aitbc/current/coordinator-api'];
  const probe = await RestrictedProcess.start(machine, unit, [
    node,
    '-e',
    RESTRICTION_PROBE,
    '--',
    '/var/lib/aitbc',
    ...open,
  ]);
  expect(await probe.ended).toBe('0');
  expect(JSON.parse(probe.output())).toMatchObject({
    readOnly: ['done', 'done'],
    home: ['somebody'],
    owner: 'done',
    netlink: 'done',
    namespace: 0,
  });
});

it('a service that was killed starts again on what it has left behind', async () => {
  expect(await end('agent-management', 'SIGKILL')).toBe(String(128 + constants.signals.SIGKILL));
  await start('agent-management');
  expect((await fetch(`${urls.agents}/ready`)).status).toBe(200);
});

it.each(['miner', 'agent-management', 'coordinator-api'] as const)(
  'the %s says that it stops, and ends well',
  async (name) => {
    expect(await end(name, 'SIGTERM')).toBe('0');
    expect(notifications.find({ MAINPID: String(pids.get(name)), STOPPING: '1' })).toBeDefined();
  },
);
