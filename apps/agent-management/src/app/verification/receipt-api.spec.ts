import { verifyReceipt } from '@aitbc/receipts';
import { sha256Hex } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { ExecutionReceipt } from '@aitbc/shared-domain';
import { AgentContextFixture, codeStep, dataStep, ISSUER, jobStep } from '../testing/agent-context-fixture';
import { signedEndings } from './testing/signed-endings';

interface ShownReceipt {
  readonly jws: string;
  readonly payload: { readonly checks: { name: string; ok: boolean; detail: string }[]; readonly verified: boolean };
  readonly steps: { step_id: string; output_hash: string; cost: number }[];
  readonly job_receipts: string[];
}

const FULL = { verification_level: 'full' };
const PROMPT = { inputs: { prompt: 'x' } };

describeAboveStores('receipts of executions', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    fixture.jobs.endNext = signedEndings(await fixture.keys.signer());
  });
  afterAll(() => fixture.context.stop());

  /** A finished execution of one step of each kind that leaves something to check. */
  async function finished(changes: object = FULL): Promise<string> {
    const steps = {
      ask: jobStep(),
      code: codeStep('export default ({ n }) => n + 1;', { input_mappings: { n: '41' } }),
      data: dataStep('{"a": 1}', { config: { expression: '{"a": 1}', output_schema: { required: ['a'] } } }),
    };
    const id = await fixture.start(await fixture.workflow(steps, changes), PROMPT);
    expect((await fixture.until(id)).status).toBe('completed');
    return id;
  }

  async function receiptOf(id: string): Promise<ShownReceipt> {
    return (await fixture.get(`/executions/${id}/receipt`).expect(200)).body as ShownReceipt;
  }

  const failed = ({ payload }: ShownReceipt) => payload.checks.filter(({ ok }) => !ok).map(({ name }) => name);
  const sql = (statement: string, id: string) =>
    fixture.db.writeSet((runner) => runner.query(statement.replaceAll('$id', '$1'), [id]));

  it('is not there until the execution is final', async () => {
    fixture.jobs.away = true;
    const id = await fixture.start(await fixture.workflow({ ask: jobStep() }), PROMPT);
    await fixture.until(id, ({ status }) => status === 'waiting');
    const response = await fixture.get(`/executions/${id}/receipt`).expect(425);
    expect(response.headers['content-type']).toContain('application/problem+json');
    await fixture.post(`/executions/${id}/cancel`).expect(200);
    fixture.jobs.away = false;
    const receipt = await receiptOf(id);
    expect(receipt.payload).toMatchObject({ status: 'cancelled', verified: false, result_hash: null });
    expect(verifyReceipt(receipt, fixture.keys.jwks()).valid).toBe(true);
  });

  it('is the same ever after, also when many ask at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => finished()));
    const [id = ''] = ids;
    const receipts = await Promise.all(ids.flatMap((each) => Array.from({ length: 8 }, () => receiptOf(each))));
    expect(new Set(receipts.map(({ jws }) => jws)).size).toBe(ids.length);
    expect(await receiptOf(id)).toEqual(receipts[0]);
    expect(await fixture.db.read((manager) => manager.countBy(ExecutionReceipt, { executionId: id }))).toBe(1);
    const { body } = await fixture.get(`/executions/${id}`).expect(200);
    expect(body.verification_proof).toEqual({ receipt_id: expect.stringMatching(/^rcpt_/), verified: true });
  });

  it('states what was stored, and verifies offline', async () => {
    const id = await finished();
    const receipt = await receiptOf(id);
    expect(failed(receipt)).toEqual([]);
    expect(receipt.payload).toMatchObject({
      ...{ execution_id: id, owner_id: 'alice', status: 'completed', issuer: ISSUER, verified: true },
      ...{ steps_count: 3, total_cost: 0.05, verification_level: 'full', inputs_hash: sha256Hex('{"prompt":"x"}') },
    });
    expect(receipt.steps.find(({ step_id }) => step_id === 'code')?.output_hash).toBe(sha256Hex('42'));
    expect(receipt.job_receipts).toHaveLength(1);
    expect(verifyReceipt(receipt, fixture.keys.jwks())).toMatchObject({ valid: true });
    expect(verifyReceipt(receipt.jws, fixture.keys.jwks())).toMatchObject({ valid: true });
  });

  it('is verified by the service, and a changed one is not', async () => {
    const receipt = await receiptOf(await finished());
    const verdict = async (body: object) => (await fixture.post('/receipts/verify', body, 'bob').expect(200)).body;
    expect(await verdict(receipt)).toMatchObject({ valid: true });
    expect(await verdict({ jws: receipt.jws })).toMatchObject({ valid: true });
    for (const position of [5, Math.floor(receipt.jws.length / 2), receipt.jws.length - 1]) {
      expect(await verdict({ jws: withChangedCharacter(receipt.jws, position) })).toMatchObject({ valid: false });
    }
    const dearer = receipt.steps.map((step) => ({ ...step, cost: step.cost + 1 }));
    const { valid, checks } = await verdict({ ...receipt, steps: dearer });
    expect(valid).toBe(false);
    expect(checks.find(({ name }: { name: string }) => name === 'steps_root').ok).toBe(false);
    expect(await verdict({ ...receipt, steps: receipt.steps.slice(1) })).toMatchObject({ valid: false });
    expect(await verdict({ ...receipt, payload: { ...receipt.payload, verified: false } })).toMatchObject({
      valid: false,
    });
    await fixture.post('/receipts/verify', {}).expect(422);
  });

  it('says with level basic only what basic checks', async () => {
    const { payload } = await receiptOf(await finished({ verification_level: 'basic' }));
    expect(payload.checks.map(({ name }) => name)).toEqual(['completed', 'output_present', 'no_error']);
  });

  it('raises the level to the strictest that a step asks for', async () => {
    const strict = { one: dataStep('1'), two: dataStep('2', { verification_level: 'full' }) };
    const id = await fixture.start(await fixture.workflow(strict), { verification_level: 'basic' });
    await fixture.until(id);
    const { payload } = await receiptOf(id);
    expect(payload).toMatchObject({ verification_level: 'full', verified: true });
    expect(payload.checks.map(({ name }) => name)).toContain('matches_history');
  });

  it('states no checks and no verification when the workflow requires none', async () => {
    const workflow = await fixture.workflow({ one: dataStep('1') }, { requires_verification: false });
    const id = await fixture.start(workflow);
    expect((await fixture.until(id)).status).toBe('completed');
    const receipt = await receiptOf(id);
    expect(receipt.payload).toMatchObject({ status: 'completed', checks: [], verified: false });
    expect(verifyReceipt(receipt, fixture.keys.jwks()).valid).toBe(true);
    const { body } = await fixture.post(`/workflows/${workflow}/execute`, FULL).expect(422);
    expect(body.errors).toMatchObject([{ pointer: '/verification_level' }]);
  });

  it('says of a failed execution that it is not verified', async () => {
    const state = await fixture.workflow({ bad: dataStep('$error("no")', { max_retries: 0 }) }, FULL);
    const id = await fixture.start(state);
    await fixture.until(id);
    const receipt = await receiptOf(id);
    expect(receipt.payload).toMatchObject({ status: 'failed', verified: false });
    expect(failed(receipt)).toEqual(['completed', 'output_present', 'no_error']);
  });

  const IN_STEPS = 'UPDATE agent_step_executions SET';
  it.each([
    ['an output', `${IN_STEPS} output = '43' WHERE execution_id = $id AND step_id = 'code'`, ['matches_history']],
    ['an input', `${IN_STEPS} input = '{"n":40}' WHERE execution_id = $id AND step_id = 'code'`, ['matches_history']],
    [
      "a job's output",
      `${IN_STEPS} output = '{"text":"bye"}' WHERE execution_id = $id AND step_id = 'ask'`,
      ['matches_history', 'job_receipts'],
    ],
    [
      'the form of an output',
      `${IN_STEPS} output = '{ "a": 1 }' WHERE execution_id = $id AND step_id = 'data'`,
      ['canonical_values', 'matches_history'],
    ],
    [
      'an output so that it breaks its schema',
      `${IN_STEPS} output = '{"b":1}' WHERE execution_id = $id AND step_id = 'data'`,
      ['output_schema', 'matches_history'],
    ],
    [
      'the cost of a step',
      `${IN_STEPS} cost = 1 WHERE execution_id = $id AND step_id = 'ask'`,
      ['cost_is_sum_of_steps', 'matches_history'],
    ],
    ['a job receipt', `${IN_STEPS} metrics = '{}' WHERE execution_id = $id AND step_id = 'ask'`, ['job_receipts']],
    [
      'which job receipt a step rests on',
      `${IN_STEPS} job_receipt_id = 'rcpt_other' WHERE execution_id = $id AND step_id = 'ask'`,
      ['job_receipts'],
    ],
    [
      'the memory of a step',
      `${IN_STEPS} metrics = '{"memory_bytes":99999999}' WHERE execution_id = $id AND step_id = 'code'`,
      ['memory_within_limit'],
    ],
    ['the inputs', `UPDATE agent_executions SET inputs = '{"prompt":"y"}' WHERE id = $id`, ['matches_history']],
    ['the result', `UPDATE agent_executions SET final_result = '{"code":43}' WHERE id = $id`, ['matches_history']],
    ['the error', `UPDATE agent_executions SET error_code = 'x' WHERE id = $id`, ['no_error']],
    ['the status', `UPDATE agent_executions SET status = 'failed' WHERE id = $id`, ['completed']],
    ['the budget', `UPDATE agent_executions SET max_cost_budget = 1 WHERE id = $id`, ['cost_within_budget']],
    [
      'the time it took',
      `UPDATE agent_executions SET completed_at = completed_at + 4000000 WHERE id = $id`,
      ['time_within_limit'],
    ],
    ['an event away', `DELETE FROM execution_events WHERE execution_id = $id AND seq = 1`, ['matches_history']],
    [
      'a step of the workflow',
      `UPDATE agent_steps SET timeout_seconds = 1 WHERE step_id = 'code'
        AND workflow_id = (SELECT workflow_id FROM agent_executions WHERE id = $id)`,
      ['workflow_hash'],
    ],
  ])('fails its check when somebody changes %s in the database', async (_, statement, checks) => {
    const id = await finished();
    await sql(statement, id);
    const receipt = await receiptOf(id);
    expect(failed(receipt)).toEqual(checks);
    expect(receipt.payload.verified).toBe(false);
    expect(verifyReceipt(receipt.jws, fixture.keys.jwks()).valid).toBe(true);
  });
});

function withChangedCharacter(text: string, position: number): string {
  const other = text[position] === 'A' ? 'B' : 'A';
  return text.slice(0, position) + other + text.slice(position + 1);
}
