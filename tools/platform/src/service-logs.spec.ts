import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AGENT_API } from './api';
import type { ServiceName } from './child-app';
import { EXAMPLES } from './testing/dist';
import { createWorkflow, execute, finalState, verifiedReceipt } from './testing/executions';
import {
  type LaunchedApp,
  type LaunchedPlatform,
  type LaunchedService,
  type LogEntry,
  TestBed,
} from './testing/test-bed';

const bed = new TestBed();
const SECRET_IN_INPUT = 'a-secret-that-a-client-sent-as-input';
let platform: LaunchedPlatform;
let miner: LaunchedApp;
let executionId: string;

beforeAll(async () => {
  platform = await bed.platform({ LOG_LEVEL: 'debug' });
  const { client } = platform;
  miner = await bed.miner(platform.coordinator, 'logged-miner', { LOG_LEVEL: 'debug' });
  const workflow = JSON.parse(readFileSync(join(EXAMPLES, 'workflows/document-analysis.json'), 'utf8')) as object;
  const workflowId = await createWorkflow(client, workflow);
  const inputs = { name: SECRET_IN_INPUT, text: 'It was the best of times. It was the worst of times.' };
  executionId = await execute(client, workflowId, inputs);
  expect(await finalState(client, executionId)).toMatchObject({ status: 'completed' });
  await verifiedReceipt(client, executionId);
});

afterAll(() => bed.close());

const SERVICES: [name: ServiceName, of: () => LaunchedService, list: string][] = [
  ['coordinator-api', () => platform.coordinator, '/api/v1/jobs'],
  ['agent-management', () => platform.agents, `${AGENT_API}/workflows`],
];

const logOf = (service: LaunchedApp, requestId: string): LogEntry[] =>
  service.log().filter((entry) => entry['request_id'] === requestId);

describe.each(SERVICES)('what the %s logs of a whole run', (name, of, list) => {
  it('is JSON in every line, with a time, a level, a message and the service', () => {
    for (const entry of of().log()) {
      expect(entry).toMatchObject({
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        level: expect.stringMatching(/^(error|warn|info|debug)$/),
        message: expect.any(String),
        service: name,
      });
    }
    expect(of().stderr).toEqual([]);
  });

  it('has the id of its request in each line, the one that was given if there was one', async () => {
    const given = 'trace-me.42';
    const answer = await fetch(`${of().url}${list}?limit=0`, {
      headers: { 'x-api-key': platform.keys.client, 'x-request-id': given },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('x-request-id')).toBe(given);
    expect(await answer.json()).toMatchObject({ instance: given });
    await requestLogged(of(), given);
    expect(logOf(of(), given).map(({ event }) => event)).toEqual(['request_failed', 'request']);
    expect(logOf(of(), given).at(-1)).toMatchObject({ method: 'GET', status: 422 });

    const requests = of()
      .log()
      .filter(({ event }) => event === 'request');
    expect(requests.length).toBeGreaterThan(4);
    for (const line of requests) expect(line['request_id']).toMatch(/^[A-Za-z0-9._:-]{1,128}$/);
  });

  it('makes an id of its own for an insane one', async () => {
    const answer = await fetch(`${of().url}/health`, { headers: { 'x-request-id': 'a "quoted"\tid' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f-]{36}$/);
  });
});

describe('what all log of a whole run', () => {
  const all = (): LaunchedApp[] => [platform.coordinator, platform.agents, miner];

  it('holds no error and no warning', () => {
    const lines = all().flatMap((app) => app.log());
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  it('holds no key and nothing of what clients sent', () => {
    const written = all()
      .flatMap(({ stdout, stderr }) => [...stdout, ...stderr])
      .join('\n');
    const { client, miner: minersKey } = platform.keys;
    for (const secret of [bed.adminKey, client, minersKey, SECRET_IN_INPUT, 'best of times']) {
      expect(written).not.toContain(secret);
    }
    const { d } = JSON.parse(readFileSync(bed.folder.file('logged-miner/miner-key.json'), 'utf8')) as { d?: string };
    expect(typeof d).toBe('string');
    expect(written).not.toContain(d);
    // The tokens that the services know each other by are JWTs; their first part is the base64url of `{"`.
    expect(written).not.toMatch(/Bearer|eyJ[\w-]+\.eyJ/);
  });
});

/** The line of a request is written when its response has left, which its client may see before. */
async function requestLogged(service: LaunchedApp, requestId: string): Promise<void> {
  if (logOf(service, requestId).some(({ event }) => event === 'request')) return;
  await service.process.expectLog((entry) =>
    entry['request_id'] === requestId && entry['event'] === 'request' ? true : undefined,
  );
}
