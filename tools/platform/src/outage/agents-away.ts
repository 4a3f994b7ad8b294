import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api';
import type { OutageServices } from './outage-services';
import { type PhaseTally, type Probe, Probes } from './probes';

/** What one phase has shown. */
export interface AgentsPhase {
  readonly phase: string;
  /** Of routes that have nothing to do with agents. */
  readonly others: PhaseTally;
  /** Of routes that ask about agents. */
  readonly dependent: PhaseTally;
  /** Whether the shared database must have answered those, or the service. */
  readonly expectsDatabase: boolean;
}

export interface AgentsAwayReport {
  readonly phases: readonly AgentsPhase[];
  /** Requests that were under way when a phase changed: none of them may fail either. */
  readonly between: readonly PhaseTally[];
}

export interface AgentsAwayOptions {
  readonly services: OutageServices;
  readonly client: Api;
  readonly key: string;
  /** An agent of the client. */
  readonly agentId: string;
  readonly seconds: number;
  readonly onPhase: (phase: AgentsPhase) => void;
}

const BACK_WITHIN_MS = 30_000;
/** Nobody runs these: they are there to be taken. */
const PAYLOAD = {
  service_type: 'ffmpeg',
  service_request: { input_url: 'https://files.test/a', output_format: 'mp4' },
};

const OTHERS: readonly Probe[] = [
  { method: 'GET', path: '/api/v1/jobs?limit=10', status: 200 },
  { method: 'GET', path: '/api/v1/services', status: 200 },
  { method: 'POST', path: '/api/v1/jobs', body: { payload: PAYLOAD }, status: 201 },
];
const dependentOn = (agentId: string): readonly Probe[] => [
  { method: 'GET', path: '/api/v1/dashboard/ecosystem', status: 200 },
  { method: 'GET', path: '/api/v1/explorer/receipts?limit=10', status: 200 },
  { method: 'POST', path: '/api/v1/jobs', body: { payload: { ...PAYLOAD, agent_id: agentId } }, status: 201 },
];

/** Takes agent-management away, first killed, then frozen, under a load on the coordinator that goes on all the while. */
export async function agentsAway(options: AgentsAwayOptions): Promise<AgentsAwayReport> {
  const { services, key, agentId, seconds } = options;
  const url = services.urls.coordinator;
  const others = new Probes({ url, key, probes: OTHERS });
  const dependent = new Probes({ url, key, probes: dependentOn(agentId) });
  const phases: AgentsPhase[] = [];
  const watch = async (phase: string, forSeconds: number, expectsDatabase: boolean): Promise<void> => {
    for (const probes of [others, dependent]) probes.enter(phase);
    await sleep(forSeconds * 1_000);
    for (const probes of [others, dependent]) probes.enter();
    const seen = { phase, others: others.in(phase), dependent: dependent.in(phase), expectsDatabase };
    phases.push(seen);
    options.onPhase(seen);
  };
  try {
    await watch('before', seconds / 3, false);
    await services.kill('agent-management');
    await watch('killed', seconds, true);
    await services.startAgents();
    await untilServiceAnswers(options);
    await watch('back', seconds / 3, false);
    services.freeze('agent-management');
    await watch('frozen', seconds, true);
    services.thaw('agent-management');
    await untilServiceAnswers(options);
    await watch('back again', seconds / 3, false);
  } finally {
    await Promise.all([others.stop(), dependent.stop()]);
  }
  return { phases, between: [others.between, dependent.between] };
}

/** The circuit closes by the first request that is answered after a while. */
async function untilServiceAnswers({ services, key }: AgentsAwayOptions): Promise<void> {
  const end = Date.now() + BACK_WITHIN_MS;
  const url = `${services.urls.coordinator}/api/v1/dashboard/ecosystem`;
  while (Date.now() < end) {
    const response = await fetch(url, { headers: { 'x-api-key': key } });
    await response.arrayBuffer();
    if (response.ok && !response.headers.has('x-data-source')) return;
    await sleep(100);
  }
  throw new Error('the coordinator asks agent-management no more, though it is back');
}

/** What was not as it must be; empty when the outage cost nothing. */
export function faultsOfAgentsAway({ phases, between }: AgentsAwayReport): string[] {
  return [...phases.flatMap(faultsOfPhase), ...between.flatMap((each) => failuresOf('between phases', each))];
}

function faultsOfPhase({ phase, others, dependent, expectsDatabase }: AgentsPhase): string[] {
  const { answered } = dependent.tally;
  const wanted = expectsDatabase ? answered : 0;
  return [
    ...[others, dependent].flatMap((each) => failuresOf(phase, each)),
    ...[others, dependent].flatMap((each) => (each.tally.answered === 0 ? [`${phase}: nothing was answered`] : [])),
    ...(others.fromDatabase > 0 ? [`${phase}: an answer that has nothing to do with agents names a source`] : []),
    ...(dependent.fromDatabase === wanted
      ? []
      : [`${phase}: ${dependent.fromDatabase} of ${answered} answers came from the database, not ${wanted}`]),
  ];
}

function failuresOf(phase: string, { tally }: PhaseTally): string[] {
  return tally.failures.map(({ request, reason }) => `${phase}: ${request}: ${reason}`);
}
