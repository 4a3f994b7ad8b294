import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, AGENT_API } from '../api';
import { ANALYSIS_STEPS, SUM_STEPS } from '../load/load-steps';
import type { OutageServices } from './outage-services';

interface Execution {
  readonly status: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly step_states: Readonly<Record<string, { readonly attempt: number }>>;
}

export interface CoordinatorAwayReport {
  /** Executions without jobs that were started while the coordinator was away, and those of them that ended well meanwhile. */
  readonly withoutJobs: { readonly started: number; readonly completed: number };
  /** Those with jobs: how many had not ended when it came back, and how many ended well then, at their first attempt. */
  readonly withJobs: { readonly started: number; readonly waited: number; readonly completed: number };
  /** Milliseconds from the coordinator's return to the end of the last one. */
  readonly endedAfterMs: number;
  /** What `GET /services` answered meanwhile. */
  readonly services: { readonly status: number; readonly retryAfter: string | null };
  readonly faults: readonly string[];
}

export interface CoordinatorAwayOptions {
  readonly services: OutageServices;
  readonly client: Api;
  readonly key: string;
  readonly seconds: number;
}

const BEFORE = 5;
const MEANWHILE = 5;
const PAUSE_MS = 250;
const ENDED_WITHIN_MS = 90_000;
const FINAL = ['completed', 'failed', 'cancelled'];

/** Kills the coordinator while executions run, and starts it again. */
export async function coordinatorAway(options: CoordinatorAwayOptions): Promise<CoordinatorAwayReport> {
  const { services, client, seconds } = options;
  const sum = await workflow(client, 'Sum', SUM_STEPS);
  const analysis = await workflow(client, 'Analysis', ANALYSIS_STEPS);
  const withJobs = await startMany(client, analysis, BEFORE);
  await services.kill('coordinator-api');
  const end = Date.now() + seconds * 1_000;
  withJobs.push(...(await startMany(client, analysis, MEANWHILE)));
  const asked = await askForServices(options);
  const states: Execution[] = [];
  while (Date.now() < end) {
    const [id = ''] = await startMany(client, sum, 1, { n: states.length });
    states.push(await finalState(client, id));
    await sleep(PAUSE_MS);
  }
  const open = (await statesOf(client, withJobs)).filter(({ status }) => !FINAL.includes(status)).length;
  const backAt = Date.now();
  await services.startCoordinator();
  const ended: Execution[] = [];
  for (const id of withJobs) ended.push(await finalState(client, id));
  return reportOf({ states, ended, open, endedAfterMs: Date.now() - backAt, asked });
}

function reportOf(seen: {
  readonly states: readonly Execution[];
  readonly ended: readonly Execution[];
  readonly open: number;
  readonly endedAfterMs: number;
  readonly asked: CoordinatorAwayReport['services'];
}): CoordinatorAwayReport {
  const { states, ended, open, endedAfterMs, asked: services } = seen;
  const isGood = ({ status, step_states: steps }: Execution): boolean =>
    status === 'completed' && Object.values(steps).every(({ attempt }) => attempt === 1);
  const bad = [...states, ...ended].filter((state) => !isGood(state));
  return {
    withoutJobs: { started: states.length, completed: states.filter(isGood).length },
    withJobs: { started: ended.length, waited: open, completed: ended.filter(isGood).length },
    ...{ endedAfterMs, services },
    faults: [
      ...bad.map(
        ({ status, error_code: code, error_message: message }) =>
          `an execution ${status}: ${code ? `${code}: ${message}` : 'not at its first attempt'}`,
      ),
      ...(states.length === 0 ? ['no execution was started while the coordinator was away'] : []),
      ...(open < MEANWHILE ? [`only ${open} executions waited for the coordinator, not ${MEANWHILE}`] : []),
      ...(services.status === 503 && services.retryAfter !== null
        ? []
        : ['/services did not answer 503 with Retry-After']),
    ],
  };
}

async function workflow(client: Api, name: string, steps: object): Promise<string> {
  return (await client.post<{ id: string }>(`${AGENT_API}/workflows`, { name, steps })).id;
}

async function startMany(client: Api, workflowId: string, count: number, inputs: object = {}): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const path = `${AGENT_API}/workflows/${workflowId}/execute`;
    ids.push((await client.post<{ execution_id: string }>(path, { inputs })).execution_id);
  }
  return ids;
}

function statesOf(client: Api, ids: readonly string[]): Promise<Execution[]> {
  return Promise.all(ids.map((id) => client.get<Execution>(`${AGENT_API}/executions/${id}`)));
}

/** @throws Error when it does not end in time. */
async function finalState(client: Api, id: string): Promise<Execution> {
  const end = Date.now() + ENDED_WITHIN_MS;
  while (Date.now() < end) {
    const state = await client.get<Execution>(`${AGENT_API}/executions/${id}/status?wait=20&until=final`);
    if (FINAL.includes(state.status)) return state;
  }
  throw new Error(`execution ${id} did not end`);
}

async function askForServices({ services, key }: CoordinatorAwayOptions): Promise<CoordinatorAwayReport['services']> {
  const response = await fetch(`${services.urls.agents}${AGENT_API}/services`, { headers: { 'x-api-key': key } });
  await response.arrayBuffer();
  return { status: response.status, retryAfter: response.headers.get('retry-after') };
}
