import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleasedApp } from '../layout';
import type { ReleaseSource } from './make-release';

/** A build of the workspace, of which releases are made. */
export interface Build {
  /** The workspace. */
  readonly root: string;
  /** Its `dist`; of the monolith that of the release of before. */
  readonly dist: string;
  readonly version: string;
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly builtAt: string;
}

/** What the release of an application is made of. */
export function sourceOf(app: ReleasedApp, build: Build): ReleaseSource {
  if (app === 'deploy') return operatorsPrograms(build);
  if (app === 'monolith') return monolith(build);
  return service(app, build, { healthVersion: build.version, migrates: app !== 'miner' });
}

interface ServiceFacts {
  readonly healthVersion: string;
  readonly migrates: boolean;
  readonly folder?: string;
}

function service(app: ReleasedApp, build: Build, { folder = app, ...facts }: ServiceFacts): ReleaseSource {
  return { info: { ...infoOf(app, build), ...facts }, built: join(build.dist, 'apps', folder), workspace: build.root };
}

/** The coordinator of before the extraction knows neither `release.json` nor `migrate`; its tables are all there. */
function monolith(build: Build): ReleaseSource {
  const workspace = join(build.dist, '..');
  const { version: healthVersion } = readJson(join(build.dist, 'apps/coordinator-api/package.json')) as {
    version: string;
  };
  return service(
    'monolith',
    { ...build, root: workspace },
    { healthVersion, migrates: false, folder: 'coordinator-api' },
  );
}

/** Everything below `deploy/`, and in `lib` the programs that `bin` calls. */
function operatorsPrograms(build: Build): ReleaseSource {
  const ofCheckout = (name: string) => [name, join(build.root, 'deploy', name)] as const;
  const folders = ['bin', 'env', 'grafana', 'lib', 'logrotate', 'nginx', 'prometheus', 'systemd', 'releases.json'];
  return {
    info: { ...infoOf('deploy', build), healthVersion: build.version, migrates: false },
    built: join(build.dist, 'tools', 'operations'),
    workspace: build.root,
    additions: [...folders.map(ofCheckout), ['lib', join(build.dist, 'tools', 'router')]],
    programsIn: 'lib',
  };
}

function infoOf(app: ReleasedApp, { version, commit, builtAt }: Build) {
  const platform = `${process.platform}-${process.arch}`;
  return { app, version, commit, builtAt, nodeVersion: process.version, platform };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
