import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type TestPostgres } from '@aitbc/shared-core/testing';
import { AGENT_API } from './api';
import { EXAMPLES } from './testing/dist';
import { createWorkflow, execute, finalState, verifiedReceipt } from './testing/executions';
import { TestBed } from './testing/test-bed';

const bed = new TestBed();
let postgres: TestPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await bed.close();
  await postgres.stop();
});

it('runs the example workflow on PostgreSQL to a valid receipt, which is there after a restart', async () => {
  const DATABASE_URL = await postgres.createDatabase();
  const { client, coordinator, agents } = await bed.platform({ DATABASE_URL });
  const miner = await bed.miner(coordinator, 'miner', { MINER_PRICE: '0.0025' });
  const workflow = JSON.parse(readFileSync(join(EXAMPLES, 'workflows/document-analysis.json'), 'utf8')) as object;
  const workflowId = await createWorkflow(client, workflow);
  const text = readFileSync(join(EXAMPLES, 'gettysburg-address.txt'), 'utf8');
  const id = await execute(client, workflowId, { name: 'speech', text });
  expect(await finalState(client, id)).toMatchObject({ status: 'completed', error_message: null });
  const receipt = await verifiedReceipt(client, id);
  expect(receipt.payload).toMatchObject({ status: 'completed', verified: true, total_cost: 0.0025 });
  expect(receipt.job_receipts).toHaveLength(1);
  for (const app of [miner, agents, coordinator]) {
    expect(await app.process.stop()).toBe('0');
    expect(app.stderr).toEqual([]);
  }

  const restarted = await bed.platform({ DATABASE_URL });
  expect(await restarted.client.get(`${AGENT_API}/executions/${id}/receipt`)).toEqual(receipt);
}, 60_000);
