import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '@aitbc/operator-programs';
import { RELEASED_APPS, type ReleasedApp } from '../layout';

/** `release.json` of a release's folder. */
export interface ReleaseInfo {
  readonly app: ReleasedApp;
  /** A semantic version, in the name of the folder too. */
  readonly version: string;
  /** The version that its `/health` tells: of programs from before releases existed, that of their package. */
  readonly healthVersion: string;
  /** What it was built from: a full commit hash, with `+changes` where the work tree had some. */
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly builtAt: string;
  /** Of `bin/node`. */
  readonly nodeVersion: string;
  /** Such as `linux-x64`: binaries are in it. */
  readonly platform: string;
  /** Whether `main.js migrate` brings the database up to date. */
  readonly migrates: boolean;
}

const APP_NAMES: readonly string[] = RELEASED_APPS;
/** semver.org, as far as a folder's name may show it. */
const VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** The name of a release's folder. */
export function releaseName({ app, version }: Pick<ReleaseInfo, 'app' | 'version'>): string {
  return `${app}-${version}`;
}

/**
 * What a release's folder says of itself.
 * @throws OperatorError when it is no release
 */
export function readReleaseInfo(folder: string): ReleaseInfo {
  const path = join(folder, 'release.json');
  let info: Partial<Record<keyof ReleaseInfo, unknown>>;
  try {
    info = JSON.parse(readFileSync(path, 'utf8')) as typeof info;
  } catch (cause) {
    throw new OperatorError(`${folder} is no release: its release.json cannot be read`, { cause });
  }
  if (!APP_NAMES.includes(String(info.app)))
    throw new OperatorError(`${path}: '${String(info.app)}' is no application`);
  if (!isVersion(String(info.version))) throw new OperatorError(`${path}: '${String(info.version)}' is no version`);
  return info as unknown as ReleaseInfo;
}
