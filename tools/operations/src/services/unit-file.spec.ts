import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../layout';
import { parseUnit } from './unit-file';

const DEPLOY = join(__dirname, '../../../../deploy/systemd');

describe('a unit', () => {
  it.each(SERVICES)('of %s says how it is run without systemd', (service) => {
    const unit = parseUnit(service, readFileSync(join(DEPLOY, `aitbc-${service}.service`), 'utf8'));
    expect(unit).toMatchObject({
      command: [`/opt/aitbc/current/${service}/bin/node`, `/opt/aitbc/current/${service}/main.js`],
      environment: { NODE_ENV: 'production' },
      restartsOnFailure: true,
      restartSeconds: 10,
      finalExitCodes: [78],
    });
    expect(unit.environmentFiles.at(-1)).toEqual({ path: `/etc/aitbc/${service}.env`, isOptional: false });
    // Longer than a service gives itself.
    expect(unit.stopSeconds).toBeGreaterThan(14);
  });

  it('has the defaults of systemd where it says nothing', () => {
    expect(parseUnit('miner', '[Service]\nExecStart=/bin/true\n')).toMatchObject({
      ...{
        restartsOnFailure: false,
        finalExitCodes: [],
        stopSeconds: 90,
        environmentFiles: [],
        workingDirectory: undefined,
      },
    });
  });

  it('has its times in any of the usual words, and the last of what is said twice', () => {
    const text =
      'ExecStart=/bin/false\nExecStart=/bin/true -x\nTimeoutStopSec=1min 30s\nRestartSec=500ms\n# RestartSec=9\n';
    expect(parseUnit('miner', text)).toMatchObject({
      command: ['/bin/true', '-x'],
      stopSeconds: 90,
      restartSeconds: 0.5,
    });
    expect(parseUnit('miner', `${text}TimeoutStopSec=infinity\n`).stopSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it('without a program is refused', () => {
    expect(() => parseUnit('miner', '[Service]\n')).toThrow('aitbc-miner.service has no ExecStart');
  });
});
