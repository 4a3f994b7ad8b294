import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API, type Api, ApiError } from './api';
import type { ServiceName } from './child-app';
import {
  createWorkflow,
  execute,
  type ExecutionState,
  finalState,
  inParallel,
  verifiedReceipt,
} from './testing/executions';
import { allGone } from './testing/program';
import { descendantsOf } from './testing/processes';
import { sqliteRows } from './testing/sqlite-rows';
import { type LaunchedPlatform, type LaunchedService, TestBed } from './testing/test-bed';

const KILLS = 2;
/** Executions that were acknowledged since the start of the process when it is killed. */
const BEFORE_KILL = 8;
const CLIENTS = 3;
const VARIABLES = { LEASE_SECONDS: '2', JOB_LEASE_SECONDS: '2' };

const WORKFLOW = {
  name: 'Three kinds of steps',
  verification_level: 'full',
  steps: {
    count: {
      name: 'Count',
      step_type: 'data_processing',
      config: { expression: '$count($split(inputs.text, " "))' },
    },
    analyse: {
      name: 'Analyse',
      step_type: 'inference',
      config: { service_type: 'text_analysis', parameters: { tasks: ['sentiment'] } },
      input_mappings: { text: 'inputs.text' },
      timeout_seconds: 60,
    },
    join: {
      name: 'Join',
      step_type: 'custom',
      config: { code: 'export default ({ words, label }) => `${words} words, ${label}`;' },
      input_mappings: { words: 'steps.count.output', label: 'steps.analyse.output.sentiment.label' },
    },
  },
  dependencies: { join: ['count', 'analyse'] },
};

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed();
});
afterEach(() => bed.close());

/** Clients that execute the workflow until they are told to stop, or nobody answers; `acknowledged` grows with each 202. */
async function keepExecuting(api: Api, workflowId: string, acknowledged: string[], stop: AbortSignal): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (!stop.aborted) {
        try {
          acknowledged.push(await execute(api, workflowId, { text: 'Such a good and happy day' }));
        } catch (error) {
          // Without an answer its client does not know whether that execution exists, and does not count on it.
          if (error instanceof ApiError) throw error;
          return;
        }
      }
    }),
  );
}

/** Kills the service while clients execute and steps run; what it had started ends with it. */
async function killInTheMiddle(victim: LaunchedService, api: Api, workflowId: string): Promise<string[]> {
  const acknowledged: string[] = [];
  const stop = new AbortController();
  const executing = keepExecuting(api, workflowId, acknowledged, stop.signal);
  await waitFor(() => acknowledged.length >= BEFORE_KILL);
  const children = descendantsOf(victim.process.pid ?? 0);
  victim.process.signal('SIGKILL');
  expect(await victim.process.ended).toBe('SIGKILL');
  stop.abort();
  await executing;
  await allGone(children);
  return acknowledged;
}

/** How many executions have not ended, as the database has it while the service is away that would bring them on. */
function unfinished(): number {
  const sql = `SELECT id FROM agent_executions WHERE status <> 'completed'`;
  return sqliteRows(bed.folder.file('coordinator.db'), sql).length;
}

/** Each service of a platform, and how it is started again where it was. */
function victims({ coordinator, agents }: LaunchedPlatform) {
  const at = ({ url }: LaunchedService) => ({ ...VARIABLES, PORT: new URL(url).port });
  return {
    'coordinator-api': {
      first: coordinator as LaunchedService,
      again: (): Promise<LaunchedService> => bed.coordinator({ ...at(coordinator), AGENT_MANAGEMENT_URL: agents.url }),
    },
    'agent-management': { first: agents, again: () => bed.agentManagement(coordinator, at(agents)) },
  } satisfies Record<ServiceName, object>;
}

it.each(['agent-management', 'coordinator-api'] as const)(
  'completes every acknowledged execution though the %s is killed in the middle, and again',
  async (name) => {
    const platform = await bed.platform(VARIABLES);
    const { client } = platform;
    await bed.miner(platform.coordinator, 'faithful');
    const workflowId = await createWorkflow(client, WORKFLOW);
    const acknowledged: string[] = [];
    let interrupted = 0;
    const { first, again } = victims(platform)[name];
    let victim = first;
    for (let kill = 0; kill < KILLS; kill += 1) {
      acknowledged.push(...(await killInTheMiddle(victim, client, workflowId)));
      interrupted += unfinished();
      victim = await again();
      const { items } = await client.get<{ items: ExecutionState[] }>(`${AGENT_API}/executions?limit=200`);
      expect(items.map(({ execution_id: id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    }
    // Otherwise the kills came when there was nothing to lose.
    expect(interrupted).toBeGreaterThan(0);

    const states = await inParallel(acknowledged, 4, (id) => finalState(client, id, 60_000));
    expect(states.filter(({ status, final_result: result }) => status !== 'completed' || result === null)).toEqual([]);
    for (const { final_result: result } of states) expect(result).toEqual({ join: '6 words, positive' });
    await inParallel(acknowledged, 4, (id) => verifiedReceipt(client, id));
  },
  120_000,
);
