import type { JsonWebKey } from 'node:crypto';
import { type Actor, actor } from './testing/actors';
import { active } from './testing/agents';
import { Client } from './testing/client';
import { ran, started, type Status, until } from './testing/executions';
import { hashOf } from './testing/json';
import { verified } from './testing/jws';
import { rootByProof, stepsRoot } from './testing/merkle';
import { Miner } from './testing/miner';
import { EXECUTIONS, VERIFY } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT } from './testing/shapes';
import { created, dataStep, inferenceStep } from './testing/workflows';

interface Receipt {
  readonly jws: string;
  readonly steps: readonly { readonly step_id: string }[];
}
interface Verification {
  readonly valid: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

let alice: Actor;
let keys: JsonWebKey[];
beforeAll(async () => {
  alice = await actor('client');
  keys = (await new Client().get('/.well-known/jwks.json')).body.keys;
});

const steps = { a: dataStep('1'), b: dataStep('2'), c: dataStep('$steps.a.output + $steps.b.output') };
const workflow = { steps, dependencies: { c: ['a', 'b'] } };
const receiptOf = async ({ id }: Status): Promise<Receipt> =>
  (await alice.http.get(`${EXECUTIONS}/${String(id)}/receipt`)).body;
const verify = async (receipt: unknown): Promise<Verification> => (await alice.http.post(VERIFY, receipt, 200)).body;

describe('receipts of executions', () => {
  it('sign what happened, verifiably with the published keys alone', async () => {
    const agent_id = await active(alice);
    const execution = await ran(alice, workflow, { agent_id, inputs: { x: [1, 'ü'] } });
    const receipt = await receiptOf(execution);
    const payload = verified(receipt.jws, keys);
    expect(payload).toMatchObject({
      version: expect.any(Number),
      receipt_id: expect.stringMatching(idOf('rcpt')),
      execution_id: execution['id'],
      workflow_id: execution['workflow_id'],
      workflow_version: 1,
      workflow_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      owner_id: alice.subject,
      agent_id,
      status: 'completed',
      inputs_hash: hashOf({ x: [1, 'ü'] }),
      result_hash: hashOf(execution.final_result),
      steps_root: stepsRoot(receipt.steps),
      steps_count: 3,
      total_cost: 0,
      verification_level: 'basic',
      verified: true,
      checks: expect.any(Array),
      started_at: execution['started_at'],
      completed_at: execution['completed_at'],
      issued_at: expect.stringMatching(INSTANT),
      issuer: expect.stringMatching(/^https?:/),
    });
  });

  it('carry the steps with the hashes of what they took and gave', async () => {
    const { steps: entries } = await receiptOf(await ran(alice, workflow));
    expect(entries.map(({ step_id }) => step_id).sort()).toEqual(['a', 'b', 'c']);
    expect(entries.find(({ step_id }) => step_id === 'c')).toMatchObject({
      attempt: 1,
      status: 'completed',
      output_hash: hashOf(3),
      started_at: expect.stringMatching(INSTANT),
      completed_at: expect.stringMatching(INSTANT),
      cost: 0,
    });
  });

  it('are the same whenever they are asked for, also by many at once', async () => {
    const execution = await ran(alice, workflow);
    const receipts = await Promise.all(Array.from({ length: 5 }, () => receiptOf(execution)));
    for (const { jws } of receipts) expect(jws).toBe(receipts[0]?.jws);
    expect(await until(alice, String(execution['id']))).toMatchObject({ verification_proof: expect.any(Object) });
  });

  it('are there for failures too, and say so', async () => {
    const failed = await ran(alice, { steps: { bad: dataStep('$error("no")', { max_retries: 0 }) } });
    expect(verified((await receiptOf(failed)).jws, keys)).toMatchObject({
      status: 'failed',
      result_hash: null,
      verified: false,
    });
  });

  it('reach to full verification', async () => {
    const execution = await ran(alice, workflow, { verification_level: 'full' });
    expect(verified((await receiptOf(execution)).jws, keys)).toMatchObject({
      verification_level: 'full',
      verified: true,
    });
  });

  it('do not exist before the end: 425', async () => {
    const id = await started(alice, await created(alice, { steps: { ask: inferenceStep('nobody-has-this-model') } }), {
      inputs: { prompt: 'later' },
    });
    expectProblem(await alice.http.get(`${EXECUTIONS}/${id}/receipt`, 425));
    await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 200);
    expect(verified((await receiptOf(await until(alice, id))).jws, keys)).toMatchObject({ status: 'cancelled' });
  });

  it('name the job receipt of a step that a miner did, and count its cost', async () => {
    const miner = await Miner.online();
    const offer = { services: ['llm_inference'], models: [miner.model], price: 0.00000003 };
    await miner.actor.http.put(`/api/v1/miners/${miner.id}/capabilities`, offer);
    const id = await started(alice, await created(alice, { steps: { ask: inferenceStep(miner.model) } }), {
      inputs: { prompt: 'hello' },
      verification_level: 'full',
    });
    await miner.complete(await miner.take(), { text: 'hi' });
    const execution = await until(alice, id);
    expect(execution).toMatchObject({ status: 'completed', total_cost: 0.00000003 });
    const receipt = await receiptOf(execution);
    expect(verified(receipt.jws, keys)).toMatchObject({ total_cost: 0.00000003, verified: true });
    expect(receipt.steps).toMatchObject([{ job_receipt_id: expect.stringMatching(idOf('rcpt')), cost: 0.00000003 }]);
    expect(await verify(receipt)).toMatchObject({ valid: true });
  });
});

describe('a step of a receipt', () => {
  const stepOf = (execution: Status, step: string, status = 200) =>
    alice.http.get(`${EXECUTIONS}/${String(execution['id'])}/receipt/steps/${step}`, status);

  it('is proved by its path to the signed root, with nothing of the others shown', async () => {
    const execution = await ran(alice, workflow);
    const whole = await receiptOf(execution);
    for (const [index, step] of ['a', 'b', 'c'].entries()) {
      const { body } = await stepOf(execution, step);
      expect(body.entry).toEqual(whole.steps.find(({ step_id }) => step_id === step));
      expect(body.inclusion_proof).toMatchObject({ leaf_index: index, tree_size: 3 });
      const payload = verified(body.jws, keys);
      expect(rootByProof(body.entry, body.inclusion_proof)).toBe(payload['steps_root']);
      expect(body).not.toHaveProperty('steps');
      expect(await verify(body)).toMatchObject({ valid: true });
      const { jws, entry, inclusion_proof } = body;
      expect(await verify({ jws, entry, inclusion_proof })).toMatchObject({ valid: true });
      expect(await verify({ jws, entry: { ...entry, attempt: 2 }, inclusion_proof })).toMatchObject({ valid: false });
    }
  });

  it('is there for its owner, when there is such a step and the execution has ended', async () => {
    const execution = await ran(alice, workflow);
    expectProblem(await stepOf(execution, 'none', 404));
    const bob = await actor('client');
    expectProblem(await bob.http.get(`${EXECUTIONS}/${String(execution['id'])}/receipt/steps/a`, 404));
    const id = await started(alice, await created(alice, { steps: { ask: inferenceStep('nobody-has-this-model') } }), {
      inputs: { prompt: 'later' },
    });
    expectProblem(await alice.http.get(`${EXECUTIONS}/${id}/receipt/steps/ask`, 425));
    await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 200);
  });
});

describe('verifying receipts', () => {
  let receipt: Receipt;
  beforeAll(async () => {
    receipt = await receiptOf(await ran(alice, workflow));
  });
  const failing = async (shown: unknown): Promise<void> => {
    const { valid, checks } = await verify(shown);
    expect(valid).toBe(false);
    expect(checks.some(({ ok }) => !ok)).toBe(true);
  };

  it('passes a whole receipt and its JWS alone, and tells every check', async () => {
    const { valid, checks } = await verify(receipt);
    expect(valid).toBe(true);
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) {
      expect(check).toEqual({ name: expect.stringMatching(/\S/), ok: true, detail: expect.any(String) });
    }
    expect((await verify({ jws: receipt.jws })).valid).toBe(true);
  });

  it('refuses changed steps', async () => {
    const [first, ...rest] = receipt.steps;
    await failing({ ...receipt, steps: [{ ...first, status: 'failed' }, ...rest] });
    await failing({ ...receipt, steps: rest });
    await failing({ ...receipt, steps: [...receipt.steps, first] });
  });

  it('refuses a changed payload, signature or key', async () => {
    const [header = '', payload = '', signature = ''] = receipt.jws.split('.');
    const changed = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('completed', 'cancelled'));
    await failing({ jws: [header, changed.toString('base64url'), signature].join('.') });
    await failing({ jws: [header, payload, signature.slice(0, -4) + 'AAAA'].join('.') });
    const unknown = Buffer.from('{"alg":"EdDSA","kid":"nobody"}').toString('base64url');
    await failing({ jws: [unknown, payload, signature].join('.') });
    await failing({ jws: 'no.receipt' });
  });

  it('refuses each other spelling of the same signature', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(receipt.jws.slice(-1));
    // The last character of 86 holds two bits of the signature; the lower four should be zero.
    for (let spare = 1; spare < 16; spare += 1)
      await failing({ jws: receipt.jws.slice(0, -1) + alphabet[last + spare] });
  });

  it('refuses the receipt of an algorithm that signs nothing', async () => {
    const [, payload = ''] = receipt.jws.split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    await failing({ jws: `${none}.${payload}.` });
  });

  it('needs a receipt', async () => {
    expectProblem(await alice.http.post(VERIFY, {}, 422), ['/jws']);
  });
});
