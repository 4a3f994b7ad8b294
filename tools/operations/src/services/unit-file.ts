import { readFileSync } from 'node:fs';
import { OperatorError } from '@aitbc/operator-programs';
import { readEnvironmentFile, type Variables } from '../environment-file';
import type { Layout, ServiceName } from '../layout';

/** What is read of a unit to run it without systemd. */
export interface Unit {
  readonly service: ServiceName;
  /** Program and arguments, as they stand in the unit. */
  readonly command: readonly string[];
  readonly workingDirectory: string | undefined;
  readonly environment: Variables;
  readonly environmentFiles: readonly EnvironmentFile[];
  /** Whether it is started again after a failure. */
  readonly restartsOnFailure: boolean;
  readonly restartSeconds: number;
  /** Exit codes after which a restart mends nothing. */
  readonly finalExitCodes: readonly number[];
  /** After SIGTERM, before it is killed. */
  readonly stopSeconds: number;
}

interface EnvironmentFile {
  readonly path: string;
  readonly isOptional: boolean;
}

/** The name that systemd knows a service by. */
export function unitName(service: ServiceName): string {
  return `aitbc-${service}.service`;
}

/** @throws OperatorError when the unit is not there or lacks what it needs */
export function readUnit(layout: Layout, service: ServiceName): Unit {
  const path = `${layout.units}/${unitName(service)}`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new OperatorError(`${service} is not installed: there is no ${path}`, { cause });
  }
  return parseUnit(service, text);
}

/** systemd.unit(5), as far as our units go: one directive a line, no quotes, no specifiers. */
export function parseUnit(service: ServiceName, text: string): Unit {
  const directives = directivesOf(text);
  const last = (name: string) => directives.findLast(([each]) => each === name)?.[1];
  const all = (name: string) => directives.flatMap(([each, value]) => (each === name ? [value] : []));
  const command = last('ExecStart')?.split(/\s+/);
  if (!command) throw new OperatorError(`${unitName(service)} has no ExecStart`);
  return {
    service,
    command,
    workingDirectory: last('WorkingDirectory'),
    environment: Object.fromEntries(all('Environment').map(assignment)),
    environmentFiles: all('EnvironmentFile').map((value) => ({
      path: value.replace(/^-/, ''),
      isOptional: value.startsWith('-'),
    })),
    restartsOnFailure: ['on-failure', 'always'].includes(last('Restart') ?? 'no'),
    restartSeconds: seconds(last('RestartSec') ?? '0.1'),
    finalExitCodes: (last('RestartPreventExitStatus') ?? '').split(/\s+/).filter(Boolean).map(Number),
    stopSeconds: seconds(last('TimeoutStopSec') ?? '90'),
  };
}

/** What its process gets beside what every one needs. Files win over the unit, later ones over earlier ones. */
export function environmentOf(layout: Layout, unit: Unit): Variables {
  const files = unit.environmentFiles.map(({ path }) => readEnvironmentFile(layout.below(path)));
  return Object.assign({}, unit.environment, ...files) as Variables;
}

function directivesOf(text: string): [string, string][] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  return lines.flatMap((line) => {
    const directive = /^([A-Za-z]+)=(.*)$/.exec(line.trim());
    return directive ? [[directive[1] ?? '', (directive[2] ?? '').trim()]] : [];
  });
}

function assignment(text: string): [string, string] {
  const plain = text.replace(/^"(.*)"$/, '$1');
  const index = plain.indexOf('=');
  return [plain.slice(0, index), plain.slice(index + 1)];
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, min: 60, h: 3_600, ms: 0.001 };

/** systemd.time(7): `90`, `1min 30s`, `500ms`. */
function seconds(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_SECONDS[unit] ?? Number.NaN), 0);
}
