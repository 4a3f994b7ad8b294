import { AgentContextFixture, dataStep } from '../testing/agent-context-fixture';
import { DatabaseAgentDirectory } from '@aitbc/agent-directory';
import { describeAboveStores } from '@aitbc/shared-core/testing';

describeAboveStores('public receipts of executions', (engine) => {
  let fixture: AgentContextFixture;
  let receipts: DatabaseAgentDirectory;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    receipts = new DatabaseAgentDirectory(fixture.db);
  });
  afterAll(() => fixture.context.stop());

  const page = (beforeId?: string, limit = 50) => receipts.receipts({ beforeId, limit, withCount: true });

  async function issue(expression: string) {
    const id = await fixture.start(await fixture.workflow({ data: dataStep(expression) }), { inputs: {} });
    await fixture.until(id);
    const { body } = await fixture.get(`/executions/${id}/receipt`).expect(200);
    return body as { payload: Record<string, unknown> };
  }

  it('are none before one was issued', async () => {
    expect(await page()).toEqual({ items: [], total: 0 });
  });

  it('say what was signed, newest first, and are read page by page', async () => {
    const { payload: done } = await issue('"fine"');
    const { payload: failed } = await issue('$error("no")');
    const { items, total } = await page();
    expect(total).toBe(2);
    expect(items.map(({ id }) => id)).toEqual([failed['receipt_id'], done['receipt_id']]);
    expect(items[1]).toEqual({
      ...{ id: done['receipt_id'], executionId: done['execution_id'], status: 'completed', verified: done['verified'] },
      ...{ inputsHash: done['inputs_hash'], resultHash: done['result_hash'], stepsRoot: done['steps_root'] },
      ...{ totalCost: done['total_cost'], issuedAt: Date.parse(String(done['issued_at'])) },
    });
    expect(items[0]).toMatchObject({ status: 'failed', verified: false, resultHash: undefined });
    const [newest, older] = items;
    expect((await page(undefined, 1)).items).toEqual([newest]);
    expect((await page(newest?.id, 1)).items).toEqual([older]);
    expect((await page(older?.id)).items).toEqual([]);
  });
});
