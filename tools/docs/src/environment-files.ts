import { type EnvironmentFile, renderEnvironmentFile, type Specs } from './render-environment-file';

/** The variables of each app. */
export type VariablesOf = (app: 'coordinator-api' | 'agent-management' | 'miner') => Promise<Specs>;

/** Of each process, though both services know them. */
const OWN = new Set(['HOST', 'PORT', 'ROLE', 'SWEEPS', 'OTEL_SERVICE_NAME']);

const QUOTING = 'Values may be quoted; a # begins a comment only at the start of a line.';

/** Environment files of an installation below `/`, by the names of their units: `deploy/env/<name>.env`. */
export const ENVIRONMENT_FILES = {
  platform: async (of) => ({
    head: `What coordinator-api, agent-management and monolith share. ${QUOTING}`,
    specs: only(await of('coordinator-api'), keysOf(await sharedBy(of))),
    values: { ISSUER_URL: 'http://127.0.0.1:8011', DATABASE_URL: 'sqlite:/var/lib/aitbc/coordinator.db' },
  }),
  'coordinator-api': (of) => ownFile('coordinator-api', of),
  'agent-management': (of) => ownFile('agent-management', of),
  monolith: async (of) => ({
    head:
      'The release before the extraction, which a rollback returns to: platform.env, and these variables. It runs hot ' +
      'beside the services, which do the sweeps.',
    // It was both services, so that neither asks the other one.
    specs: without(
      { ...(await of('coordinator-api')), ...(await of('agent-management')) },
      new Set([...keysOf(await sharedBy(of)), 'AGENT_MANAGEMENT_URL', 'COORDINATOR_URL']),
    ),
    values: { PORT: '8010', SWEEPS: 'off' },
  }),
  miner: async (of) => ({
    head: `The miner, which does not read platform.env: programs of its jobs could. ${QUOTING}`,
    specs: await of('miner'),
    values: { MINER_KEY: '', MINER_STATE_DIR: '/var/lib/aitbc-miner' },
  }),
} satisfies Record<string, (of: VariablesOf) => Promise<EnvironmentFile>>;

export type EnvironmentFileName = keyof typeof ENVIRONMENT_FILES;

export async function environmentFile(name: EnvironmentFileName, of: VariablesOf): Promise<string> {
  return renderEnvironmentFile(await ENVIRONMENT_FILES[name](of));
}

async function ownFile(app: 'coordinator-api' | 'agent-management', of: VariablesOf): Promise<EnvironmentFile> {
  return {
    head: `${app}: platform.env, and these variables, which have the last word.`,
    specs: without(await of(app), keysOf(await sharedBy(of))),
  };
}

/** What both services know and need to agree on, or would else be told twice. */
async function sharedBy(of: VariablesOf): Promise<Specs> {
  return without(only(await of('coordinator-api'), keysOf(await of('agent-management'))), OWN);
}

function keysOf(specs: Specs): ReadonlySet<string> {
  return new Set(Object.keys(specs));
}

function only(specs: Specs, names: ReadonlySet<string>): Specs {
  return Object.fromEntries(Object.entries(specs).filter(([name]) => names.has(name)));
}

function without(specs: Specs, names: ReadonlySet<string>): Specs {
  return Object.fromEntries(Object.entries(specs).filter(([name]) => !names.has(name)));
}
