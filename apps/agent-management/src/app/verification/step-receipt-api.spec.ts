import { type ReceiptStep, verifyReceipt } from '@aitbc/receipts';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, jobStep } from '../testing/agent-context-fixture';
import { signedEndings } from './testing/signed-endings';

interface Proved {
  readonly jws: string;
  readonly payload: { readonly steps_root: string; readonly steps_count: number };
  readonly entry: ReceiptStep;
  readonly inclusion_proof: { readonly leaf_index: number; readonly tree_size: number; inclusion_path: string[] };
  readonly job_receipts: readonly string[];
}

const PROMPT = { inputs: { prompt: 'x' } };
/** Seven steps: the tree is no perfect one, so that paths are of different lengths. */
const STEPS = {
  ask: jobStep(),
  left: dataStep('1', { when: 'false' }),
  ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, dataStep('1')])),
};

describeAboveStores('a step of a receipt', (engine) => {
  let fixture: AgentContextFixture;
  let execution: string;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine);
    fixture.jobs.endNext = signedEndings(await fixture.keys.signer());
    execution = await fixture.start(await fixture.workflow(STEPS), PROMPT);
    await fixture.until(execution);
  });
  afterAll(() => fixture.context.stop());

  const path = (step: string, id = execution) => `/executions/${id}/receipt/steps/${step}`;
  const proved = async (step: string) => (await fixture.get(path(step)).expect(200)).body as Proved;
  const verdict = async (body: object) => (await fixture.post('/receipts/verify', body, 'bob').expect(200)).body;

  it('is proved alone, by the service and offline, and nothing of the others is in it', async () => {
    const { body: whole } = await fixture.get(`/executions/${execution}/receipt`).expect(200);
    for (const step of whole.steps as ReceiptStep[]) {
      const shown = await proved(step.step_id);
      expect(shown).toMatchObject({ jws: whole.jws, entry: step, inclusion_proof: { tree_size: 7 } });
      expect(verifyReceipt(shown, fixture.keys.jwks())).toMatchObject({ valid: true });
      expect(await verdict(shown)).toMatchObject({ valid: true });
      const text = JSON.stringify(shown);
      const others = (whole.steps as ReceiptStep[]).filter(({ step_id: id }) => id !== step.step_id);
      expect(others.filter(({ step_id: id }) => text.includes(`"${id}"`))).toEqual([]);
      expect(others.filter(({ started_at: at, ...rest }) => text.includes(JSON.stringify(rest)) && at)).toEqual([]);
    }
  });

  it('carries the receipt of its job, and no other', async () => {
    const { entry, job_receipts: receipts } = await proved('ask');
    expect(receipts).toHaveLength(1);
    expect(entry.job_receipt_id).toMatch(/^rcpt_/);
    expect((await proved('a')).job_receipts).toEqual([]);
    expect((await proved('left')).entry).toMatchObject({ status: 'skipped', input_hash: null, output_hash: null });
  });

  it('is not verified when it is changed, or put into the place of another', async () => {
    const [ask, other] = [await proved('ask'), await proved('a')];
    const checks = async (body: object) => {
      const { valid, checks: all } = await verdict(body);
      expect(valid).toBe(false);
      return (all as { name: string; ok: boolean }[]).filter(({ ok }) => !ok).map(({ name }) => name);
    };
    expect(await checks({ ...ask, entry: { ...ask.entry, cost: 0 } })).toContain('inclusion_proof');
    expect(await checks({ ...ask, inclusion_proof: other.inclusion_proof })).toEqual(['inclusion_proof']);
    const tree = { ...ask.inclusion_proof, tree_size: 8 };
    expect(await checks({ ...ask, inclusion_proof: tree })).toEqual(['inclusion_proof']);
    expect(await checks({ ...ask, entry: 'none' })).toContain('entry');
  });

  it('is there for who may see the execution, and for steps that began', async () => {
    await fixture.get(path('ask'), 'bob').expect(404);
    await fixture.get(path('ask'), 'root').expect(200);
    await fixture.get(path('none')).expect(404);
    await fixture.get(path('%00')).expect(404);
    await fixture.get(path('ask', 'exec_none')).expect(404);
    const steps = { bad: dataStep('$error("no")', { max_retries: 0 }), after: dataStep('1') };
    const failed = await fixture.run(steps, { dependencies: { after: ['bad'] } });
    await fixture.get(path('bad', failed.execution_id)).expect(200);
    await fixture.get(path('after', failed.execution_id)).expect(404);
  });

  it('is not there until the execution is final', async () => {
    fixture.jobs.away = true;
    const id = await fixture.start(await fixture.workflow({ ask: jobStep() }), PROMPT);
    await fixture.until(id, ({ status }) => status === 'waiting');
    await fixture.get(path('ask', id)).expect(425);
    await fixture.post(`/executions/${id}/cancel`).expect(200);
    fixture.jobs.away = false;
    expect((await fixture.get(path('ask', id)).expect(200)).body.entry).toMatchObject({ status: 'cancelled' });
  });
});
