import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '../child-app';

/** What the platform can be rolled back to: an entry of `deploy/releases.json`. */
export interface Release {
  readonly name: string;
  /** Full SHA of a commit on main. */
  readonly commit: string;
  /** What is built of it. */
  readonly app: ServiceName;
  /** Where it listens, hot beside today's services. */
  readonly port: number;
  /** Prefixes of the paths that it serves; a router moves these and no others. */
  readonly paths: readonly string[];
}

/**
 * @param root of the workspace
 * @throws Error when there is no such release, or its entry is not as it must be.
 */
export function releaseNamed(root: string, name: string): Release {
  const file = join(root, 'deploy', 'releases.json');
  const releases = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Partial<Release> | undefined>>;
  const { commit = '', app, port = 0, paths = [] } = releases[name] ?? {};
  const isSound = /^[0-9a-f]{40}$/.test(commit) && isService(app) && port > 0 && paths.length > 0;
  if (!isSound) throw new Error(`${file} has no sound release '${name}'`);
  return { name, commit, app, port, paths };
}

const SERVICES: ReadonlySet<unknown> = new Set<ServiceName>(['coordinator-api', 'agent-management']);

function isService(app: unknown): app is ServiceName {
  return SERVICES.has(app);
}

/**
 * The variables of a release that runs beside today's services: it serves agents, leaves sweeping to them, and signs as the
 * issuer that they trust.
 */
export function hotVariables(coordinatorUrl: string, port: string): Record<string, string> {
  return { PORT: port, SWEEPS: 'off', ISSUER_URL: coordinatorUrl };
}
