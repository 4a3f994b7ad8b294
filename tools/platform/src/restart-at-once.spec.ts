import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { waitFor } from '@aitbc/shared-core/testing';
import { createWorkflow, execute, executionState, finalState } from './testing/executions';
import { type Callers, type LaunchedCoordinator, type LaunchedService, TestBed } from './testing/test-bed';

const MODEL = 'tiny';
/** A third of the lease, which has still more to run: nobody waited for its end. */
const AT_ONCE_MS = 10_000;

const CHAIN = {
  name: 'A quick step, and one that is answered late',
  steps: {
    first: { name: 'First', step_type: 'data_processing', config: { expression: '1' } },
    chat: {
      name: 'Chat',
      step_type: 'inference',
      model_requirements: { provider: 'openai', model: MODEL },
      input_mappings: { prompt: { literal: 'late' } },
    },
  },
  dependencies: { chat: ['first'] },
};

describe('an agent-management on SQLite that is killed and started again', () => {
  const bed = new TestBed();
  let model: ChatServer;
  let coordinator: LaunchedCoordinator;
  beforeAll(async () => {
    model = await startChatServer([MODEL]);
    model.hang();
    coordinator = await bed.coordinator();
  });
  afterAll(async () => {
    await bed.close();
    await model.close();
  });

  async function start(variables: Record<string, string> = {}): Promise<LaunchedService & Callers> {
    const inference = { INFERENCE_BASE_URL: model.url, INFERENCE_MODELS: MODEL };
    const agents = await bed.agentManagement(coordinator, { LEASE_SECONDS: '30', ...inference, ...variables });
    return { ...agents, ...bed.callers(coordinator, agents) };
  }

  it('goes on at once with what it ran, though its lease has long to run, and leaves that of the living', async () => {
    const dying = await start();
    const id = await execute(dying.client, await createWorkflow(dying.client, CHAIN));
    await model.received(1);
    // Serves only, so that it lives on and takes nothing over.
    await start({ ROLE: 'api' });
    dying.process.killGroup();
    await dying.process.ended;

    const risen = await start();
    await waitFor(() => model.requests.length === 2, { timeoutMs: AT_ONCE_MS });
    // The same attempt: what the endpoint did for the killed process it need not do again.
    expect(model.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${id}:chat:1`, `${id}:chat:1`]);
    const { step_states } = await executionState(risen.client, id);
    expect(step_states['first']).toMatchObject({ status: 'completed', attempt: 1 });

    // A third process sees the second one live, and leaves it its work.
    const beside = await start();
    await beside.client.post(`/api/v1/agent/executions/${id}/cancel`, {});
    expect(await finalState(beside.client, id)).toMatchObject({ status: 'cancelled' });
    expect(model.requests).toHaveLength(2);
    expect(beside.log().filter(({ event }) => event === 'leases_taken_over')).toEqual([]);
    expect(risen.log().filter(({ event }) => event === 'leases_taken_over')).toHaveLength(1);
  });
});
