import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Allowance, parseAllowList } from './allow-list';

export interface ShadowOptions {
  /** Origins of both sides. */
  readonly release: string;
  readonly service: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Folder for the report when the process ends; without it none is written. */
  readonly out: string | undefined;
  readonly prefix: string;
  /** Prefixes of the paths that the release serves; `undefined` when nobody said. */
  readonly releasePaths: readonly string[] | undefined;
  readonly allowances: readonly Allowance[];
  /** Most requests that wait. */
  readonly queue: number;
  /** Most requests that are compared at once. */
  readonly concurrency: number;
  /** How long one side may take for an answer (ms). */
  readonly timeoutMs: number;
  readonly rereads: number;
  readonly failOnDifference: boolean;
}

export const USAGE = `Usage: node main.js --release URL --service URL [options]

Asks both sides for each read that is mirrored to it, and reports how the answers differ.

  --release URL         the release that is compared with (http://host:port)
  --service URL         what is to answer as it does
  --host HOST           where it listens (127.0.0.1)
  --port PORT           0 for a free one (8015)
  --out FOLDER          leave report.json and report.html there at the end
  --prefix PATH         compare what is below it (/api/v1/agent/)
  --releases FILE       deploy/releases.json: compare only what the release serves
  --release-name NAME   its entry there (monolith)
  --allow FILE          JSON list of differences that are meant to be: [{route, kind, pointer?, reason}]
  --queue N             requests that may wait (1000)
  --concurrency N       requests that are compared at once (4)
  --timeout MS          how long an answer may take (2000)
  --rereads N           how often a difference is read again (3)
  --fail-on-difference  exit with 1 when a difference has no reason
  --help                this text
`;

/** The command line cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const FLAG = { type: 'boolean', default: false } as const;
const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{ release: TEXT, service: TEXT, host: TEXT, port: TEXT, out: TEXT, prefix: TEXT, releases: TEXT, allow: TEXT },
  ...{ 'release-name': TEXT, queue: TEXT, concurrency: TEXT, timeout: TEXT, rereads: TEXT },
  ...{ 'fail-on-difference': FLAG, help: FLAG },
} as const;

/**
 * What the arguments ask for; `undefined`: for help.
 * @throws UsageError that names the argument, also when a file that it names cannot be used
 */
export function readOptions(args: readonly string[]): ShadowOptions | undefined {
  const given = parse(args);
  if (given.help) return undefined;
  const { host = '127.0.0.1', prefix = '/api/v1/agent/', releases, allow } = given;
  if (!prefix.startsWith('/')) throw new UsageError(`--prefix ${prefix}: a path begins with /`);
  return {
    release: originOf('--release', given.release),
    service: originOf('--service', given.service),
    host,
    port: whole('--port', given.port, 8015, [0, 65_535]),
    out: given.out,
    prefix: prefix.endsWith('/') ? prefix : `${prefix}/`,
    releasePaths: releases === undefined ? undefined : releasePaths(releases, given['release-name'] ?? 'monolith'),
    allowances: allow === undefined ? [] : fromFile('--allow', allow, parseAllowList),
    queue: whole('--queue', given.queue, 1_000, [1, 1_000_000]),
    concurrency: whole('--concurrency', given.concurrency, 4, [1, 100]),
    timeoutMs: whole('--timeout', given.timeout, 2_000, [1, 60_000]),
    rereads: whole('--rereads', given.rereads, 3, [0, 10]),
    failOnDifference: given['fail-on-difference'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function originOf(name: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError(`${name} is missing`);
  const url = URL.parse(text);
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) throw new UsageError(`${name} '${text}': not of the form http://host:port`);
  return url.origin;
}

function whole(name: string, text: string | undefined, byDefault: number, [min, max]: [number, number]): number {
  if (text === undefined) return byDefault;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max))
    throw new UsageError(`${name} '${text}': not a whole number from ${min} to ${max}`);
  return value;
}

function releasePaths(file: string, name: string): readonly string[] {
  return fromFile('--releases', file, (text) => {
    const releases = Object(JSON.parse(text)) as Readonly<Record<string, { readonly paths?: unknown } | undefined>>;
    const paths = Object.hasOwn(releases, name) ? releases[name]?.paths : undefined;
    const isSound = Array.isArray(paths) && paths.length > 0 && paths.every((path) => typeof path === 'string');
    if (!isSound) throw new Error(`it has no release '${name}' with paths`);
    return paths;
  });
}

function fromFile<T>(name: string, file: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${name} ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
