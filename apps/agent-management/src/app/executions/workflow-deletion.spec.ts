import { describeAboveStores, fullTests, waitFor } from '@aitbc/shared-core/testing';
import { AgentExecution } from '@aitbc/shared-domain';
import { AgentContextFixture, dataStep, jobStep } from '../testing/agent-context-fixture';

const ROUNDS = fullTests ? 20 : 4;
const STARTS = 12;
const FINAL = ['completed', 'failed', 'cancelled'];

describeAboveStores('deleting a workflow', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => (fixture = await AgentContextFixture.open(engine)));
  afterAll(() => fixture.context.stop());

  it('is refused while executions run, and with force cancels them and their jobs', async () => {
    const workflowId = await fixture.workflow({ job: jobStep() });
    const ids = [await fixture.start(workflowId), await fixture.start(workflowId)];
    for (const id of ids) await fixture.until(id, ({ status }) => status === 'waiting');
    await fixture.delete(`/workflows/${workflowId}`).expect(409);
    expect((await fixture.status(ids[0] ?? '')).status).toBe('waiting');
    await fixture.delete(`/workflows/${workflowId}?force=true`).expect(204);
    for (const id of ids) expect(await fixture.status(id)).toMatchObject({ status: 'cancelled' });
    await waitFor(() => fixture.jobs.submissions.every(({ jobId }) => fixture.jobs.stateOf(jobId) === 'CANCELED'));
    await fixture.post(`/workflows/${workflowId}/execute`).expect(404);
  });

  it('leaves what ran readable, receipt included', async () => {
    const workflowId = await fixture.workflow({ one: dataStep('1') });
    const id = await fixture.start(workflowId);
    await fixture.until(id);
    await fixture.delete(`/workflows/${workflowId}`).expect(204);
    for (const path of ['', '/logs', '/receipt']) await fixture.get(`/executions/${id}${path}`).expect(200);
  });

  it.each([true, false])('never lets an execution begin after it, nor one get stuck (force=%s)', async (force) => {
    const seen = new Set<number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const workflowId = await fixture.workflow(chainOfTwo(), { dependencies: { two: ['one'] } });
      const start = () => fixture.post(`/workflows/${workflowId}/execute`).then((response) => response);
      const before = Array.from({ length: STARTS }, start);
      // The deletion meets the first of them under way and the last not yet sent.
      await Promise.race(before);
      const deletion = fixture.delete(`/workflows/${workflowId}?force=${force}`).then(({ status }) => status);
      const answers = await Promise.all([...before, ...Array.from({ length: STARTS }, start)]);
      const deleted = await deletion;
      const late = await start();
      seen.add(deleted);
      expect(late.status).toBe(deleted === 204 ? 404 : 202);
      await waitFor(async () => (await unfinished(workflowId)) === 0);
      const accepted = [...answers, late].filter(({ status }) => status === 202);
      for (const { status } of answers) expect([202, 404]).toContain(status);
      expect(await stored(workflowId)).toBe(accepted.length);
      for (const { body } of accepted) await fixture.history(String(body.execution_id));
    }
    for (const status of seen) expect(force ? [204] : [204, 409]).toContain(status);
  });

  function stored(workflowId: string): Promise<number> {
    return fixture.db.read((manager) => manager.countBy(AgentExecution, { workflowId }));
  }

  async function unfinished(workflowId: string): Promise<number> {
    const rows = await fixture.db.read((manager) => manager.findBy(AgentExecution, { workflowId }));
    return rows.filter(({ status }) => !FINAL.includes(status)).length;
  }
});

function chainOfTwo() {
  return { one: dataStep('1'), two: dataStep('2') };
}
