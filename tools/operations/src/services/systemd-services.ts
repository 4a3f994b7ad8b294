import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OperatorError } from '@aitbc/operator-programs';
import type { ServiceName } from '../layout';
import type { ServiceManager, ServiceState } from './service-manager';
import { unitName } from './unit-file';

const run = promisify(execFile);

const STATES: Readonly<Record<string, ServiceState['state']>> = {
  active: 'running',
  activating: 'starting',
  reloading: 'running',
  deactivating: 'running',
  failed: 'failed',
};

/** The services as systemd runs them. `systemctl` waits until a service has said that it is ready, or has failed. */
export class SystemdServices implements ServiceManager {
  readonly advice = 'boot the machine with systemd';

  async isRunning(): Promise<boolean> {
    // `degraded` exits with 1: some other unit of the machine has failed.
    const state = await run('systemctl', ['is-system-running']).catch((error: { stdout?: string }) => error);
    return ['running', 'degraded', 'starting', 'maintenance'].includes(state.stdout?.trim() ?? '');
  }

  async state(service: ServiceName): Promise<ServiceState> {
    const properties = ['ActiveState', 'SubState', 'MainPID', 'NRestarts', 'Result', 'ExecMainStatus'];
    const text = await this.systemctl('show', unitName(service), `--property=${properties.join(',')}`);
    const found = Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2)) as [string, string][],
    );
    const isWaiting = found['SubState'] === 'auto-restart';
    return {
      service,
      state: isWaiting ? 'waiting' : (STATES[found['ActiveState'] ?? ''] ?? 'stopped'),
      pid: Number(found['MainPID']) || undefined,
      restarts: Number(found['NRestarts'] ?? 0),
      detail: found['Result'] === 'success' ? undefined : `${found['Result']}, exit code ${found['ExecMainStatus']}`,
    };
  }

  async start(service: ServiceName): Promise<void> {
    // Where starts have failed too often, systemd refuses one by hand until its count is forgotten.
    await this.systemctl('reset-failed', unitName(service)).catch(() => undefined);
    await this.systemctl('start', unitName(service));
  }

  async stop(service: ServiceName): Promise<void> {
    await this.systemctl('stop', unitName(service));
  }

  async restart(service: ServiceName): Promise<void> {
    await this.systemctl('reset-failed', unitName(service)).catch(() => undefined);
    await this.systemctl('restart', unitName(service));
  }

  async reload(): Promise<void> {
    await this.systemctl('daemon-reload');
  }

  async enable(service: ServiceName): Promise<void> {
    await this.systemctl('enable', unitName(service), 'aitbc.target');
  }

  async disable(service: ServiceName): Promise<void> {
    await this.systemctl('disable', unitName(service));
  }

  logCommand(service: ServiceName, lines: number, follow: boolean): readonly [string, ...string[]] {
    const options = ['--unit', unitName(service), '--lines', String(lines), '--output', 'cat'];
    return ['journalctl', ...options, ...(follow ? ['--follow'] : ['--no-pager'])];
  }

  private async systemctl(...args: string[]): Promise<string> {
    try {
      return (await run('systemctl', args)).stdout;
    } catch (cause) {
      const { stderr = '' } = cause as { stderr?: string };
      throw new OperatorError(`systemctl ${args.join(' ')} failed: ${stderr.trim()}`, { cause });
    }
  }
}
