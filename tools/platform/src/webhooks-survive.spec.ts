import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API, type Api } from './api';
import { createWorkflow, execute, finalState, inParallel } from './testing/executions';
import { HookReceiver } from './testing/hook-receiver';
import { sqliteRows } from './testing/sqlite-rows';
import { TestBed } from './testing/test-bed';

const KILLS = 2;
const EXECUTIONS = 12;
/** Messages that have come since the start of the process when it is killed. */
const BEFORE_KILL = 10;
const PATIENCE = { timeoutMs: 60_000, everyMs: 50 };
const VARIABLES = {
  LEASE_SECONDS: '2',
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
  WEBHOOK_ALLOW_HTTP: 'on',
  WEBHOOK_TIMEOUT_SECONDS: '1',
  WEBHOOK_RETRY_SCHEDULE: Array<string>(60).fill('300ms').join(),
};
const step = (expression: string) => ({ name: 'Step', step_type: 'data_processing', config: { expression } });
const WORKFLOW = {
  name: 'Three steps',
  steps: { a: step('1'), b: step('$steps.a.output + 1'), c: step('$steps.b.output + 1') },
  dependencies: { b: ['a'], c: ['b'] },
};

interface Delivery {
  readonly status: string;
  readonly attempts: number;
}

let bed: TestBed;
const receivers: HookReceiver[] = [];
beforeEach(() => {
  bed = new TestBed();
});
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.kill()));
  await bed.close();
});

async function receiver(name: string, answerMs?: number): Promise<HookReceiver> {
  const started = await new HookReceiver(bed.folder.file(name), answerMs).start();
  receivers.push(started);
  return started;
}

async function webhook(api: Api, { url }: HookReceiver): Promise<string> {
  return (await api.post<{ id: string }>(`${AGENT_API}/webhooks`, { url })).id;
}

async function deliveries(api: Api, id: string): Promise<readonly Delivery[]> {
  return (await api.get<{ items: Delivery[] }>(`${AGENT_API}/webhooks/${id}/deliveries?limit=200`)).items;
}

/** How many events were not sent to the one webhook, as the database has it while nobody sends any. */
function unsentEvents(): number {
  const sent = `SELECT count(*) FROM webhook_deliveries WHERE status = 'succeeded'`;
  const sql = `SELECT count(*) - (${sent}) AS n FROM execution_events`;
  const [row] = sqliteRows(bed.folder.file('coordinator.db'), sql);
  return Number(row?.['n']);
}

/** How many events each execution has, once all have ended. */
async function ended(api: Api, ids: readonly string[]): Promise<Map<string, number>> {
  const states = await inParallel(ids, 4, (id) => finalState(api, id, 60_000));
  return new Map(
    states.map((state, index) => [ids[index] ?? '', (state as unknown as { event_seq: number }).event_seq]),
  );
}

/** Waits until each event of each execution has come, and holds their order against their numbers. */
async function expectAll(ear: HookReceiver, events: ReadonlyMap<string, number>): Promise<void> {
  await waitFor(() => [...events].every(([id, count]) => ear.numbersOf(id).length === count), PATIENCE);
  for (const [id, count] of events) {
    expect([id, ear.numbersOf(id)]).toEqual([id, Array.from({ length: count }, (_, index) => index + 1)]);
  }
}

it('loses no event of a webhook though the process is killed in the middle of sending, and again', async () => {
  const ear = await receiver('slow', 30);
  const { client, coordinator, agents: first } = await bed.platform({}, { agents: VARIABLES });
  let agents = first;
  await webhook(client, ear);
  const workflow = await createWorkflow(client, WORKFLOW);
  const ids: string[] = [];
  let unsent = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = ear.events().length;
    for (let count = 0; count < EXECUTIONS; count += 1) ids.push(await execute(client, workflow));
    await waitFor(() => ear.events().length >= before + BEFORE_KILL, PATIENCE);
    agents.process.signal('SIGKILL');
    expect(await agents.process.ended).toBe('SIGKILL');
    unsent += unsentEvents();
    agents = await bed.agentManagement(coordinator, { ...VARIABLES, PORT: new URL(agents.url).port });
  }
  // Otherwise the kills came when there was nothing to lose.
  expect(unsent).toBeGreaterThan(0);
  await expectAll(ear, await ended(client, ids));
}, 180_000);

it('sends everything to a receiver that was down, while another one gets its own', async () => {
  const [down, up] = [await receiver('down'), await receiver('up')];
  const { client } = await bed.platform({}, { agents: VARIABLES });
  const [ofDown] = [await webhook(client, down), await webhook(client, up)];
  await down.kill();
  const workflow = await createWorkflow(client, WORKFLOW);
  const ids = await inParallel([...Array(EXECUTIONS).keys()], 4, () => execute(client, workflow));
  const events = await ended(client, ids);
  await expectAll(up, events);
  // For some attempts of each execution's first event, nothing has come where nobody listens.
  const heads = async () => (await deliveries(client, ofDown)).filter(({ attempts }) => attempts >= 3);
  await waitFor(async () => (await heads()).length === EXECUTIONS, PATIENCE);
  expect(down.events()).toEqual([]);
  await down.start();
  await expectAll(down, events);
  await waitFor(async () => (await deliveries(client, ofDown)).every(({ status }) => status === 'succeeded'), PATIENCE);
}, 180_000);
