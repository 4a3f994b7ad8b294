import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API, Api } from './api';
import { freePort } from './free-port';
import { createWorkflow, execute, executionState, finalState, verifiedReceipt } from './testing/executions';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';
import { openTokenStream } from './testing/token-stream';

const STEP = { name: 'One', step_type: 'data_processing', config: { expression: '1 + 1' } };
const WORKFLOW = { name: 'Through the coordinator', steps: { one: STEP } };
const WAITING = {
  name: 'Waits for two signals',
  steps: {
    first: { ...STEP, config: { expression: '1', wait_for: { signal: 'first' } } },
    second: { ...STEP, config: { expression: '2', wait_for: { signal: 'second' } } },
  },
  dependencies: { second: ['first'] },
};
/** Requests that are answered before the service stops, and after it has come back. */
const SOME = 20;
/** Less than the time for which the coordinator waits for a service that restarts. */
const WAITED_FOR_MS = 4_500;

let bed: TestBed;
let platform: LaunchedPlatform;
/** Of a client that knows the coordinator only. */
let api: Api;
beforeEach(async () => {
  bed = new TestBed();
  platform = await bed.platform();
  api = new Api(platform.coordinator.url, platform.keys.client);
});
afterEach(() => bed.close());

const startAgain = () => bed.agentManagement(platform.coordinator, { PORT: new URL(platform.agents.url).port });
const workflows = `${AGENT_API}/workflows`;
const events = () => platform.coordinator.log().map(({ event }) => event);

/** A request without any repeat. */
const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${platform.coordinator.url}${path}`, {
    ...init,
    headers: { 'x-api-key': platform.keys.client, 'content-type': 'application/json', ...init.headers },
  });

interface Load {
  readonly created: string[];
  readonly statuses: number[];
  readonly failures: unknown[];
  /** Ends it, with the request that is under way. */
  stop(): Promise<void>;
}

/** One client that creates and reads, one request after the other, and repeats nothing. */
function keepCalling(): Load {
  const load = { created: [] as string[], statuses: [] as number[], failures: [] as unknown[] };
  let isOn = true;
  const once = async (path: string, init?: RequestInit): Promise<{ id: string } | undefined> => {
    const answer = await call(path, init);
    load.statuses.push(answer.status);
    const body = (await answer.json()) as { id: string };
    return answer.ok ? body : undefined;
  };
  const running = (async () => {
    while (isOn) {
      try {
        const created = await once(workflows, { method: 'POST', body: JSON.stringify(WORKFLOW) });
        if (created) load.created.push(created.id);
        await once(`${workflows}/${load.created.at(-1)}`);
      } catch (error) {
        load.failures.push(error);
      }
    }
  })();
  const stop = () => {
    isOn = false;
    return running;
  };
  return { ...load, stop };
}

it('executes a workflow for a client that knows the coordinator only', async () => {
  const id = await execute(api, await createWorkflow(api, WORKFLOW));
  expect(await finalState(api, id)).toMatchObject({ status: 'completed', final_result: { one: 2 } });
  await verifiedReceipt(api, id);
  const { headers, status } = await call(`${workflows}/none`);
  expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
  expect((await call(workflows, { headers: { 'x-api-key': 'guess' } })).status).toBe(401);
});

it('brings each event before the next one is caused', async () => {
  const id = await execute(api, await createWorkflow(api, WAITING));
  const stream = await openTokenStream(
    `${platform.coordinator.url}${AGENT_API}/executions/${id}/events`,
    platform.keys.client,
  );
  const nextOf = async (stepId: string, type: string): Promise<void> => {
    for (;;) {
      const event = await stream.next();
      if (event === undefined) throw new Error(`the stream ended before ${type} of ${stepId}`);
      const { data } = JSON.parse(event.data) as { data: { step_id: string | null } };
      if (event.event === type && data.step_id === stepId) return;
    }
  };
  for (const step of ['first', 'second']) {
    await waitFor(async () => (await executionState(api, id)).step_states[step]?.waits_for === 'signal');
    await api.post(`${AGENT_API}/executions/${id}/signals/${step}`, {});
    // Only after this event was read is the next signal sent.
    await nextOf(step, 'step.completed');
  }
  expect((await stream.rest()).at(-1)?.event).toBe('execution.completed');
});

it('loses no request when agent-management is restarted', async () => {
  const load = keepCalling();
  await waitFor(() => load.statuses.length >= SOME);
  platform.agents.process.signal('SIGTERM');
  const { url } = platform.agents;
  // As soon as the port is free, which is before the old process has ended. It answered still when it was last asked.
  let wentAway = performance.now();
  const isGone = async () => {
    const asked = performance.now();
    const answers = await fetch(`${url}/health`).then(
      () => true,
      () => false,
    );
    if (answers) wentAway = asked;
    return !answers;
  };
  await waitFor(isGone);
  const again = await startAgain();
  const awayMs = performance.now() - wentAway;
  const before = load.created.length;
  await waitFor(() => load.created.length >= before + SOME);
  await load.stop();
  expect(again.url).toBe(url);
  expect(load.failures).toEqual([]);
  // On a machine where the start takes longer than it is waited for, what came meanwhile was refused, and never sent.
  const refusals = load.statuses.filter((status) => status !== 201 && status !== 200);
  expect(awayMs < WAITED_FOR_MS ? refusals : refusals.filter((status) => status !== 503)).toEqual([]);
  // Each write was done once: none was lost, and none that was sent again was done twice.
  const counted = await call(`${workflows}?count=true&limit=1`);
  expect(counted.headers.get('x-total-count')).toBe(String(load.created.length));
  expect(events().includes('agent_proxy_away')).toBe(refusals.length > 0);
  expect(await platform.agents.process.ended).toBe('0');
}, 90_000);

it('answers 503 while agent-management is dead, and passes requests on again afterwards', async () => {
  expect((await call(workflows)).status).toBe(200);
  platform.agents.process.signal('SIGKILL');
  await platform.agents.process.ended;
  for (let n = 0; n < 4; n += 1) {
    const answer = await call(workflows);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'dependency_unavailable' });
  }
  const started = performance.now();
  expect((await call(workflows)).status).toBe(503);
  // Nobody waits for it as for one that restarts.
  expect(performance.now() - started).toBeLessThan(WAITED_FOR_MS);
  await startAgain();
  await waitFor(async () => (await call(workflows)).status === 200, { everyMs: 100 });
  const told = () => events().filter((event) => event === 'agent_proxy_away' || event === 'agent_proxy_back');
  await waitFor(() => told().length > 1);
  expect(told()).toEqual(['agent_proxy_away', 'agent_proxy_back']);
  expect(events()).not.toContain('request_failed');
}, 90_000);

it('tells the outermost client of a loop, and goes round no further', async () => {
  const PORT = String(await freePort());
  const loop = await bed.coordinator({ PORT, AGENT_MANAGEMENT_URL: `http://127.0.0.1:${PORT}` });
  const answer = await fetch(`${loop.url}${workflows}`, { headers: { 'x-api-key': loop.keys.client } });
  expect([answer.status, await answer.json()]).toEqual([508, expect.objectContaining({ code: 'loop_detected' })]);
  const passes = () => loop.log().filter(({ event, route }) => event === 'request' && route === `${AGENT_API}/*`);
  await waitFor(() => passes().length === 2);
});
