import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { OperatorError, runProgram, UsageError } from '@aitbc/operator-programs';
import { readJournal } from './installation/journal';
import { Releases } from './installation/releases';
import { Layout, SERVICES, type ServiceName } from './layout';
import { serviceNamed } from './named';
import { serviceUrl } from './services/health';
import { serviceManager } from './services/manager-of';
import type { ServiceManager, ServiceState } from './services/service-manager';

const USAGE = `usage: service start|stop|restart NAME… [--root DIR]
       service status [NAME…] [--json]
       service logs NAME [--lines N] [--follow]
  NAME  ${SERVICES.join(', ')}
Works with systemd and with supervise. Exit code of status: 1 when one that is enabled does not run.`;

const OPTIONS = {
  root: { type: 'string' },
  json: { type: 'boolean', default: false },
  lines: { type: 'string', default: '50' },
  follow: { type: 'boolean', default: false },
} as const;

/** `service`: the services of an installation, whoever runs them. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [verb = '', ...names] = positionals;
  const layout = new Layout(values.root);
  const manager = serviceManager(layout);
  const services = names.map(serviceNamed);
  if (verb === 'status') return status(layout, manager, { services, json: values.json });
  if (services.length === 0) throw new UsageError('which service?');
  if (verb === 'logs') return logs(manager, services, { lines: Number(values.lines), follow: values.follow });
  if (verb !== 'start' && verb !== 'stop' && verb !== 'restart') throw new UsageError(`it cannot '${verb}'`);
  for (const service of services) {
    await manager[verb](service);
    process.stdout.write(`${line(await manager.state(service))}\n`);
  }
  return 0;
}

interface StatusOptions {
  readonly services: readonly ServiceName[];
  readonly json: boolean;
}

async function status(layout: Layout, manager: ServiceManager, { services, json }: StatusOptions): Promise<number> {
  const releases = new Releases(layout);
  const installed = SERVICES.filter((service) => releases.current(service));
  if (installed.length === 0) throw new OperatorError(`no service is installed below ${layout.root}`);
  const states = [];
  for (const service of services.length > 0 ? services : installed) {
    const state = await manager.state(service);
    const [current, previous] = [releases.current(service), releases.previous(service)];
    states.push({ ...state, url: serviceUrl(layout, service), version: current?.version, previous: previous?.version });
  }
  const changes = readJournal(layout, 3);
  if (json) {
    process.stdout.write(`${JSON.stringify({ services: states, changes }, null, 2)}\n`);
  } else {
    for (const state of states) process.stdout.write(`${line(state)}\n`);
    for (const { at, action, app, from, to, outcome } of changes) {
      process.stdout.write(`${at}  ${action} ${app}: ${from ?? 'nothing'} → ${to ?? 'nothing'} (${outcome})\n`);
    }
  }
  return states.every(({ state }) => state === 'running') ? 0 : 1;
}

interface Shown extends ServiceState {
  readonly url?: string | undefined;
  readonly version?: string | undefined;
  readonly previous?: string | undefined;
}

function line({ service, state, pid, restarts, detail, url, version, previous }: Shown): string {
  const facts = [
    version,
    url,
    pid !== undefined && `process ${pid}`,
    restarts > 0 && `restarted ${restarts} times`,
    detail,
    previous !== undefined && `before: ${previous}`,
  ];
  return `${service.padEnd(18)}${state.padEnd(10)}${facts.filter(Boolean).join(', ')}`;
}

interface LogOptions {
  readonly lines: number;
  readonly follow: boolean;
}

async function logs(manager: ServiceManager, services: readonly ServiceName[], options: LogOptions): Promise<number> {
  const [service, ...more] = services;
  if (!service || more.length > 0) throw new UsageError('logs of one service');
  if (!Number.isInteger(options.lines) || options.lines < 1)
    throw new UsageError('--lines: not a whole number from 1 on');
  const [program, ...args] = manager.logCommand(service, options.lines, options.follow);
  const child = spawn(program, args, { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

runProgram(USAGE, main);
