import { waitFor } from '@aitbc/shared-core/testing';
import { type Api, ApiError } from './api';
import {
  AGENT_API,
  createWorkflow,
  execute,
  type ExecutionState,
  finalState,
  inParallel,
  verifiedReceipt,
} from './testing/executions';
import { allGone } from './testing/program';
import { descendantsOf } from './testing/processes';
import { type LaunchedCoordinator, TestBed } from './testing/test-bed';

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

const bed = new TestBed();

afterAll(() => bed.close());

/** Clients that execute the workflow until the coordinator is gone; `acknowledged` grows with each 202. */
async function keepExecuting(api: Api, workflowId: string, acknowledged: string[]): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (;;) {
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

/** Kills the coordinator while clients execute and steps run; what it had started ends with it. */
async function killInTheMiddle(coordinator: LaunchedCoordinator, workflowId: string): Promise<string[]> {
  const acknowledged: string[] = [];
  const executing = keepExecuting(coordinator.client, workflowId, acknowledged);
  await waitFor(() => acknowledged.length >= BEFORE_KILL, { timeoutMs: 20_000 });
  const children = descendantsOf(coordinator.process.pid ?? 0);
  coordinator.process.signal('SIGKILL');
  expect(await coordinator.process.ended).toBe('SIGKILL');
  await executing;
  await allGone(children);
  return acknowledged;
}

it('completes every acknowledged execution though the coordinator is killed in the middle, and again', async () => {
  let coordinator = await bed.coordinator(VARIABLES);
  await bed.miner(coordinator, 'faithful');
  const workflowId = await createWorkflow(coordinator.client, WORKFLOW);
  const acknowledged: string[] = [];
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    acknowledged.push(...(await killInTheMiddle(coordinator, workflowId)));
    coordinator = await bed.coordinator({ ...VARIABLES, PORT: new URL(coordinator.url).port });
    const { items } = await coordinator.client.get<{ items: ExecutionState[] }>(`${AGENT_API}/executions?limit=200`);
    interrupted += items.filter(({ status }) => status !== 'completed').length;
    expect(items.map(({ execution_id: id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  }
  // Otherwise the kills came when there was nothing to lose.
  expect(interrupted).toBeGreaterThan(0);

  const { client } = coordinator;
  const states = await inParallel(acknowledged, 4, (id) => finalState(client, id, 60_000));
  expect(states.filter(({ status, final_result: result }) => status !== 'completed' || result === null)).toEqual([]);
  for (const { final_result: result } of states) expect(result).toEqual({ join: '6 words, positive' });
  await inParallel(acknowledged, 4, (id) => verifiedReceipt(client, id));
}, 120_000);
