import { verifyReceipt } from '@aitbc/receipts';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, jobStep, QUICK_RETRY } from '../testing/agent-context-fixture';
import { minerKey, signedEndings } from './testing/signed-endings';

const FULL = { verification_level: 'full' };
const PROMPT = { inputs: { prompt: 'x' } };

describeAboveStores('full verification', (engine) => {
  let url: string;
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    url = await engine.freshUrl();
    fixture = await AgentContextFixture.open(engine, { url });
    fixture.jobs.endNext = signedEndings(await fixture.keys.signer());
  });
  afterAll(() => fixture.context.stop());

  const receiptOf = async (id: string) => (await fixture.get(`/executions/${id}/receipt`).expect(200)).body;
  const failed = ({ payload }: { payload: { checks: { name: string; ok: boolean }[] } }) =>
    payload.checks.filter(({ ok }) => !ok).map(({ name }) => name);
  const sql = (statement: string, id: string) =>
    fixture.db.writeSet((runner) => runner.query(statement.replaceAll('$id', '$1'), [id]));

  /** The retry of an execution whose second step was not possible with the first version; it has adopted the first step. */
  async function retried(id = 0): Promise<string> {
    const dependencies = { then: ['once'] };
    const once = dataStep('{"n": 41}');
    const bad = dataStep('$error("no")', { max_retries: 0 });
    const workflow = await fixture.workflow({ once, then: bad }, { ...FULL, dependencies, name: `Retried ${id}` });
    const failure = await fixture.until(await fixture.start(workflow));
    const good = { name: 'Mended', steps: { once, then: dataStep('$steps.once.output.n + 1') }, dependencies, ...FULL };
    await fixture.request('put', `/workflows/${workflow}`).send(good).expect(200);
    const { body } = await fixture.post(`/executions/${failure.execution_id}/retry`, { version: 2 }).expect(202);
    expect(await fixture.until(body.execution_id)).toMatchObject({ status: 'completed', final_result: { then: 42 } });
    return body.execution_id as string;
  }

  it('holds for a retry, whose adopted steps were recorded when it adopted them', async () => {
    const id = await retried();
    const receipt = await receiptOf(id);
    expect(failed(receipt)).toEqual([]);
    expect(receipt.payload).toMatchObject({ verified: true, retry_of: expect.stringMatching(/^exec_/) });
    expect(verifyReceipt(receipt, fixture.keys.jwks()).valid).toBe(true);
  });

  it('fails for a retry when somebody changes what it adopted', async () => {
    const id = await retried(1);
    await sql(`UPDATE agent_step_executions SET output = '{"n":1}' WHERE execution_id = $id AND step_id = 'once'`, id);
    expect(failed(await receiptOf(id))).toEqual(['matches_history']);
  });

  it('is that of the strictest step also when a retry goes on with another version', async () => {
    const steps = { only: dataStep('$error("no")', { max_retries: 0 }) };
    const workflow = await fixture.workflow(steps);
    const failure = await fixture.until(await fixture.start(workflow));
    const strict = { name: 'Strict', steps: { only: dataStep('1', FULL) } };
    await fixture.request('put', `/workflows/${workflow}`).send(strict).expect(200);
    const { body } = await fixture.post(`/executions/${failure.execution_id}/retry`, { version: 2 }).expect(202);
    await fixture.until(body.execution_id);
    expect((await receiptOf(body.execution_id)).payload).toMatchObject({ verification_level: 'full', verified: true });
    const without = { name: 'None', steps: { only: dataStep('1') }, requires_verification: false };
    const other = await fixture.workflow(steps, FULL);
    const again = await fixture.until(await fixture.start(other));
    await fixture.request('put', `/workflows/${other}`).send(without).expect(200);
    const refused = await fixture.post(`/executions/${again.execution_id}/retry`, { version: 2 }).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/version' }]);
  });

  it('counts no pause as time that the execution took', async () => {
    const id = await fixture.start(await fixture.workflow({ only: dataStep('1') }, FULL));
    await fixture.until(id);
    // As after a pause of two hours within the limit of one: the deadline was moved with it.
    const paused = 'completed_at = completed_at + 7200000, deadline_at = deadline_at + 7200000';
    await sql(`UPDATE agent_executions SET ${paused} WHERE id = $id`, id);
    expect(failed(await receiptOf(id))).toEqual([]);
  });

  it('holds for steps that were tried again', async () => {
    const flaky = jobStep({ retry_policy: QUICK_RETRY });
    let failures = 1;
    const ending = signedEndings(await fixture.keys.signer());
    fixture.jobs.endNext = (submission) =>
      failures-- > 0 ? { state: 'FAILED' as const, error: 'busy' } : ending(submission);
    const id = await fixture.start(await fixture.workflow({ flaky }, FULL), PROMPT);
    expect((await fixture.until(id)).step_states['flaky']).toMatchObject({ attempt: 2 });
    expect(failed(await receiptOf(id))).toEqual([]);
    fixture.jobs.endNext = ending;
  });

  it('checks receipts of jobs that a miner has signed', async () => {
    const id = await fixture.start(await fixture.workflow({ ask: jobStep() }, FULL), PROMPT);
    await fixture.until(id);
    const receipt = await receiptOf(id);
    expect(receipt.payload.verified).toBe(true);
    expect(receipt.job_receipts).toHaveLength(1);
    for (const jws of receipt.job_receipts) {
      expect(verifyReceipt({ jws, miner_key: minerKey }, fixture.keys.jwks()).valid).toBe(true);
    }
  });

  it('is refused, not lowered, where a proof is needed that nobody here can make', async () => {
    const workflow = await fixture.workflow({ only: dataStep('1') });
    const id = await fixture.start(workflow);
    await fixture.until(id);
    const zeroKnowledge = `verification_level = 'zero-knowledge'`;
    // As a release with a prover would have stored them.
    await sql(`UPDATE agent_executions SET ${zeroKnowledge} WHERE id = $id`, id);
    const { body, headers } = await fixture.get(`/executions/${id}/receipt`).expect(503);
    expect(body).toMatchObject({ code: 'prover_unavailable', detail: expect.stringContaining('no prover') });
    expect(headers['retry-after']).toBe('60');
    await fixture.get(`/executions/${id}/receipt/steps/only`).expect(503);
    await sql(`UPDATE ai_agent_workflow_versions SET ${zeroKnowledge} WHERE workflow_id = $id`, workflow);
    const other = await AgentContextFixture.open(engine, { url, worker: false });
    const refused = await other.post(`/workflows/${workflow}/execute`).expect(422);
    expect(refused.body.errors).toMatchObject([
      { pointer: '/verification_level', message: expect.stringContaining('no prover') },
    ]);
    await other.context.stop();
  });
});
