import { join, resolve } from 'node:path';
import { rootOfEnvironment } from './environment';

/** The applications of a release; `monolith` is the coordinator of before the extraction, `deploy` these programs. */
export const RELEASED_APPS = ['coordinator-api', 'agent-management', 'miner', 'monolith', 'deploy'] as const;

export type ReleasedApp = (typeof RELEASED_APPS)[number];

/** Those that run as services; each has a unit `aitbc-<name>.service`. */
export const SERVICES = ['coordinator-api', 'agent-management', 'miner', 'monolith'] as const;

export type ServiceName = (typeof SERVICES)[number];

/** Where everything of an installation lies below its root, which is `/` on a machine of its own. */
export class Layout {
  readonly root: string;

  /** @param root by default `AITBC_ROOT`, or `/` */
  constructor(root: string | undefined) {
    this.root = resolve(root ?? rootOfEnvironment() ?? '/');
  }

  /** Whether systemd runs the services. Below another root `supervise` does. */
  get isSystem(): boolean {
    return this.root === '/';
  }

  /** One folder `<app>-<version>` for each release of an application. */
  get releases(): string {
    return this.below('opt/aitbc/releases');
  }

  /** What serves: a link to a folder of `releases`. */
  current(app: ReleasedApp): string {
    return this.below('opt/aitbc/current', app);
  }

  /** What served before: a link to a folder of `releases`. */
  previous(app: ReleasedApp): string {
    return this.below('opt/aitbc/previous', app);
  }

  /** Environment files, `<service>.env` each and `platform.env` for all. */
  get configuration(): string {
    return this.below('etc/aitbc');
  }

  get units(): string {
    return this.below('etc/systemd/system');
  }

  /** What the services keep: the database and the folder of the router; backups in one of its own. */
  get state(): string {
    return this.below('var/lib/aitbc');
  }

  get backups(): string {
    return this.below('var/backups/aitbc');
  }

  /** Lives as long as the machine is up: sockets and locks. */
  get runtime(): string {
    return this.below('run/aitbc');
  }

  below(...path: string[]): string {
    return join(this.root, ...path);
  }
}
