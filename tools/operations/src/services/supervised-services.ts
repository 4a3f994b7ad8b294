import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { OperatorError } from '@aitbc/operator-programs';
import type { Layout, ServiceName } from '../layout';
import type { ServiceManager, ServiceState } from './service-manager';
import { unitName } from './unit-file';

/** Where `supervise` listens. */
export function controlSocket(layout: Layout): string {
  return join(layout.runtime, 'supervise.sock');
}

/** Where systemd, too, keeps what is started with the target. */
export function wantedUnits(layout: Layout): string {
  return join(layout.units, 'aitbc.target.wants');
}

export function logFile(layout: Layout, service: ServiceName): string {
  return layout.below('var/log/aitbc', `${service}.log`);
}

/** The services as `supervise` runs them, which is asked over its socket. */
export class SupervisedServices implements ServiceManager {
  readonly advice: string;

  constructor(private readonly layout: Layout) {
    this.advice = `run 'supervise --root ${layout.root}'`;
  }

  async isRunning(): Promise<boolean> {
    return this.ask('GET', '/').then(
      () => true,
      () => false,
    );
  }

  async state(service: ServiceName): Promise<ServiceState> {
    return (await this.ask('GET', `/${service}`)) as ServiceState;
  }

  async start(service: ServiceName): Promise<void> {
    await this.ask('POST', `/${service}/start`);
  }

  async stop(service: ServiceName): Promise<void> {
    await this.ask('POST', `/${service}/stop`);
  }

  async restart(service: ServiceName): Promise<void> {
    await this.ask('POST', `/${service}/restart`);
  }

  /** Units are read at each start. */
  reload(): Promise<void> {
    return Promise.resolve();
  }

  enable(service: ServiceName): Promise<void> {
    mkdirSync(wantedUnits(this.layout), { recursive: true });
    const link = join(wantedUnits(this.layout), unitName(service));
    rmSync(link, { force: true });
    symlinkSync(`../${unitName(service)}`, link);
    return Promise.resolve();
  }

  disable(service: ServiceName): Promise<void> {
    rmSync(join(wantedUnits(this.layout), unitName(service)), { force: true });
    return Promise.resolve();
  }

  logCommand(service: ServiceName, lines: number, follow: boolean): readonly [string, ...string[]] {
    return ['tail', '-n', String(lines), ...(follow ? ['-F'] : []), logFile(this.layout, service)];
  }

  private ask(method: string, path: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const asking = request({ socketPath: controlSocket(this.layout), method, path }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new OperatorError((JSON.parse(text) as { detail: string }).detail));
        });
      });
      asking.on('error', (cause) =>
        reject(new OperatorError(`no services run below ${this.layout.root}: ${this.advice}`, { cause })),
      );
      asking.end();
    });
  }
}
