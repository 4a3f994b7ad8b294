import { agentApi } from './agent-api';
import { HttpAgentDirectory } from './http-agent-directory';

/** An agent service that gives this answer, and what it was asked. Against the real one it is tested where that is. */
function service(status: number, body: object) {
  const asked: string[] = [];
  const fetch = () => (request: Request) => {
    asked.push(`${request.method} ${request.url.replace('http://agents', '')}`);
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers }));
  };
  return { directory: new HttpAgentDirectory(agentApi({ fetch }, 'http://agents')), asked };
}

it('reads receipts page by page, as they were signed', async () => {
  const hash = 'a'.repeat(64);
  const receipt = {
    ...{ id: 'rcpt_2', execution_id: 'exec_1', status: 'failed', verified: false, total_cost: 0.5 },
    ...{ inputs_hash: hash, result_hash: null, steps_root: hash, issued_at: '2026-01-02T03:04:05.678Z' },
  };
  const { directory, asked } = service(200, { items: [receipt], total: 7 });
  expect(await directory.receipts({ limit: 51, beforeId: 'rcpt_3', withCount: true })).toEqual({
    items: [
      {
        ...{ id: 'rcpt_2', executionId: 'exec_1', status: 'failed', verified: false, totalCost: 0.5 },
        ...{ inputsHash: hash, resultHash: undefined, stepsRoot: hash, issuedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678) },
      },
    ],
    total: 7,
  });
  expect(asked).toEqual(['GET /api/v1/agent/directory/receipts?limit=51&count=true&before=rcpt_3']);
});

it('says that nobody can tell when the service answers with an error', async () => {
  const { directory } = service(500, { code: 'internal', detail: 'no' });
  await expect(directory.find('agent/1')).rejects.toMatchObject({ code: 'dependency_unavailable' });
  await expect(directory.counts()).rejects.toMatchObject({ code: 'dependency_unavailable' });
});

it('knows nothing of an agent that is not there', async () => {
  const { directory, asked } = service(404, { code: 'not_found', detail: 'no' });
  expect(await directory.find('agent/1')).toBeUndefined();
  expect(asked).toEqual(['GET /api/v1/agent/directory/agents/agent%2F1']);
});
