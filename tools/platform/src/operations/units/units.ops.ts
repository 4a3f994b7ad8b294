import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { outputOf } from './command';
import { UNIT_NAMES, UNITS } from './deployed-files';
import { UnitFile } from './unit-file';

const UNITS_OF_SYSTEMD = '/usr/lib/systemd/system';
const files = readdirSync(UNITS).filter((name) => /\.(service|target|timer)$/.test(name));
const serviceOf = (name: string) => `aitbc-${name}.service`;
const services = UNIT_NAMES.map(serviceOf);

let root: TemporaryFolder;

/** Below a root of their own, as on a machine where all is installed; programs there are only asked whether they exist. */
beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(root.file(UNITS_OF_SYSTEMD), { recursive: true });
  for (const name of readdirSync(UNITS_OF_SYSTEMD).filter((each) => each.endsWith('.target'))) {
    copyFileSync(join(UNITS_OF_SYSTEMD, name), root.file(join(UNITS_OF_SYSTEMD, name)));
  }
  for (const name of files) {
    install(name, readFileSync(join(UNITS, name), 'utf8'));
    const [program] = UnitFile.of(name).words('ExecStart');
    if (program !== undefined) executable(program);
  }
});
afterEach(() => root.remove());

function install(name: string, text: string): void {
  const file = root.file(`etc/systemd/system/${name}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function executable(path: string): void {
  mkdirSync(dirname(root.file(path)), { recursive: true });
  writeFileSync(root.file(path), '#!/bin/sh\n');
  chmodSync(root.file(path), 0o755);
}

/** What systemd has to say about the units; nothing when all is well. */
function complaints(...names: string[]): Promise<string> {
  return outputOf('systemd-analyze', 'verify', `--root=${root.path}`, ...names).catch(
    ({ stderr }: { stderr: string }) => stderr,
  );
}

/** From 0, where nothing is open, to 10. */
async function exposureOf(unit: string): Promise<number> {
  const report = await outputOf('systemd-analyze', 'security', '--offline=true', `--root=${root.path}`, unit);
  const [, level] = /Overall exposure level for \S+: (\d+\.\d)/.exec(report) ?? [];
  if (level === undefined) throw new Error(`no level in: ${report}`);
  return Number(level);
}

describe('systemd', () => {
  it('takes every unit without a complaint, and would complain', async () => {
    expect(await complaints(...files)).toBe('');
    install(
      'aitbc-miner.service',
      `${readFileSync(join(UNITS, 'aitbc-miner.service'), 'utf8')}\n[Service]\nRestartSek=10\n`,
    );
    expect(await complaints(...files)).toContain("Unknown key 'RestartSek'");
  });

  it.each(readdirSync(join(UNITS, 'drop-ins')))('takes the drop-in %s for every service', async (name) => {
    for (const service of services)
      install(`${service}.d/${name}`, readFileSync(join(UNITS, 'drop-ins', name), 'utf8'));
    expect(await complaints(...files)).toBe('');
  });

  it.each(services)('finds little exposed by %s, with nothing but what stands in the unit', async (unit) => {
    expect(await exposureOf(unit)).toBeLessThanOrEqual(1.5);
  });

  it('finds less exposed where services may only talk to their own machine', async () => {
    const before = await exposureOf('aitbc-agent-management.service');
    const file = 'drop-ins/local-only.conf';
    install('aitbc-agent-management.service.d/local-only.conf', readFileSync(join(UNITS, file), 'utf8'));
    expect(await exposureOf('aitbc-agent-management.service')).toBeLessThan(before);
  });

  it('makes a backup each day, also after a night in which the machine was off', async () => {
    const timer = UnitFile.of('aitbc-backup.timer');
    const calendar = timer.required('OnCalendar');
    const elapses = await outputOf(
      'systemd-analyze',
      'calendar',
      '--iterations=2',
      '--base-time=2026-01-01 12:00',
      calendar,
    );
    expect(elapses.match(/2026-01-\d\d/g)).toEqual(expect.arrayContaining(['2026-01-02', '2026-01-03']));
    expect(timer.last('Persistent')).toBe('true');
  });
});

describe.each(services)('%s', (name) => {
  const unit = UnitFile.of(name);

  it('comes back from whatever ended it, however often, unless its configuration is bad', () => {
    expect(unit.last('Restart')).toBe('on-failure');
    expect(unit.last('RestartSec')).toBe('10');
    expect(unit.last('RestartPreventExitStatus')).toBe('78');
    expect(unit.settings('Unit')['StartLimitIntervalSec']).toEqual(['0']);
  });

  it('starts after the network, and as nobody else but its own user', () => {
    expect(unit.words('After')).toContain('network.target');
    expect(unit.last('User')).toBe(name === serviceOf('miner') ? 'aitbc-miner' : 'aitbc');
  });

  it('leaves V8 its compiler, and is killed only after it had its time for a stop', () => {
    expect(unit.last('MemoryDenyWriteExecute')).toBeUndefined();
    expect(unit.last('KillMode')).toBe('mixed');
    expect(Number(unit.last('TimeoutStopSec'))).toBeGreaterThan(name === serviceOf('miner') ? 70 : 14);
  });

  it('belongs to the target', () => {
    expect(unit.last('WantedBy')).toBe('aitbc.target');
    expect(unit.last('PartOf')).toBe('aitbc.target');
  });
});

it('lets the release of before do what agent-management may do, and nothing else', () => {
  const differing = ['ExecStart', 'EnvironmentFile', 'SyslogIdentifier', 'Type', 'NotifyAccess', 'TimeoutStartSec'];
  const restrictions = (name: string) => {
    const settings = Object.entries(UnitFile.of(serviceOf(name)).settings('Service'));
    return settings.filter(([setting]) => !differing.includes(setting));
  };
  expect(restrictions('monolith')).toEqual(restrictions('agent-management'));
});
