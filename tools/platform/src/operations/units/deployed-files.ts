import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..', '..', '..', '..');
export const UNITS = join(ROOT, 'deploy', 'systemd');
export const ENVIRONMENT_FILES = join(ROOT, 'deploy', 'env');

/** The services that run today's code; `monolith` beside them is a release of before. */
export const SERVICES = ['coordinator-api', 'agent-management', 'miner'] as const;

export type UnitName = (typeof SERVICES)[number] | 'monolith';

/** Each service that has a unit. */
export const UNIT_NAMES: readonly UnitName[] = [...SERVICES, 'monolith'];
