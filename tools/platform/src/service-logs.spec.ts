import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from './testing/dist';
import { AGENT_API, createWorkflow, execute, finalState, verifiedReceipt } from './testing/executions';
import { type LaunchedApp, type LaunchedCoordinator, type LogEntry, TestBed } from './testing/test-bed';

const bed = new TestBed();
const SECRET_IN_INPUT = 'a-secret-that-a-client-sent-as-input';
let coordinator: LaunchedCoordinator;
let miner: LaunchedApp;
let executionId: string;

beforeAll(async () => {
  coordinator = await bed.coordinator({ LOG_LEVEL: 'debug' });
  miner = await bed.miner(coordinator, 'logged-miner', { LOG_LEVEL: 'debug' });
  const workflow = JSON.parse(readFileSync(join(EXAMPLES, 'workflows/document-analysis.json'), 'utf8')) as object;
  const workflowId = await createWorkflow(coordinator.client, workflow);
  const inputs = { name: SECRET_IN_INPUT, text: 'It was the best of times. It was the worst of times.' };
  executionId = await execute(coordinator.client, workflowId, inputs);
  expect(await finalState(coordinator.client, executionId)).toMatchObject({ status: 'completed' });
  await verifiedReceipt(coordinator.client, executionId);
});

afterAll(() => bed.close());

const withKey = (headers: Record<string, string> = {}) => ({ 'x-api-key': coordinator.keys.client, ...headers });
const logOf = (requestId: string): LogEntry[] => coordinator.log().filter((entry) => entry['request_id'] === requestId);

describe('what the coordinator logs of a whole run', () => {
  it('is JSON in every line, with a time, a level, a message and the service', () => {
    for (const entry of coordinator.log()) {
      expect(entry).toMatchObject({
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        level: expect.stringMatching(/^(error|warn|info|debug)$/),
        message: expect.any(String),
        service: 'coordinator-api',
      });
    }
    expect(coordinator.stderr).toEqual([]);
  });

  it('holds no error and no warning', () => {
    const lines = [...coordinator.log(), ...miner.log()];
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('has the id of its request in each line, the one that was given if there was one', async () => {
    const given = 'trace-me.42';
    const answer = await fetch(`${coordinator.url}${AGENT_API}/workflows?limit=0`, {
      headers: withKey({ 'x-request-id': given }),
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('x-request-id')).toBe(given);
    expect(await answer.json()).toMatchObject({ instance: given });
    await coordinatorLogged(given);
    expect(logOf(given).map(({ event }) => event)).toEqual(['request_failed', 'request']);
    expect(logOf(given).at(-1)).toMatchObject({ method: 'GET', status: 422 });

    const requests = coordinator.log().filter(({ event }) => event === 'request');
    expect(requests.length).toBeGreaterThan(10);
    for (const line of requests) expect(line['request_id']).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  });

  it('makes an id of its own for an insane one', async () => {
    const answer = await fetch(`${coordinator.url}/health`, { headers: { 'x-request-id': 'a "quoted"\tid' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/);
  });

  it('holds no key and nothing of what clients sent', () => {
    const written = [...coordinator.stdout, ...coordinator.stderr, ...miner.stdout, ...miner.stderr].join('\n');
    const secrets = [bed.adminKey, coordinator.keys.client, coordinator.keys.miner, SECRET_IN_INPUT, 'best of times'];
    for (const secret of secrets) expect(written).not.toContain(secret);
    const { d } = JSON.parse(readFileSync(bed.folder.file('logged-miner/miner-key.json'), 'utf8')) as { d?: string };
    expect(typeof d).toBe('string');
    expect(written).not.toContain(d);
  });
});

/** The line of a request is written when its response has left, which its client may see before. */
async function coordinatorLogged(requestId: string): Promise<void> {
  if (logOf(requestId).some(({ event }) => event === 'request')) return;
  await coordinator.process.expectLog((entry) =>
    entry['request_id'] === requestId && entry['event'] === 'request' ? true : undefined,
  );
}
