import { canonicalJson, generateSigningKey, sha256Hex } from '@aitbc/shared-core';
import { issueJobReceipt } from './issue-receipt';
import { EXECUTION_RECEIPT_TYP, JOB_RECEIPT_TYP } from './receipt.types';
import { proveStep, stepsRoot, verifyStep } from './steps-tree';
import { issue, job, jobReceipt, jwks, miner, platform, receipt, signer } from './testing/sample-receipts';
import { ShownReceipt, verifyReceipt } from './verify-receipt';

const failed = (shown: string | ShownReceipt, keys: unknown = jwks) =>
  verifyReceipt(shown, keys)
    .checks.filter((check) => !check.ok)
    .map((check) => check.name);

describe('an execution receipt', () => {
  it('is valid with its payload, steps and job receipts', () => {
    const verification = verifyReceipt({ ...receipt, job_receipts: [jobReceipt().jws] }, jwks);
    expect(verification.checks.map(({ name, ok }) => [name, ok])).toEqual(
      [
        'signature',
        'canonical',
        'payload',
        'structure',
        'verified',
        'steps',
        'steps_count',
        'steps_root',
        'total_cost',
        'job_receipts/0',
      ].map((name) => [name, true]),
    );
    expect(verification.valid).toBe(true);
  });

  it('computes root, count and cost from the steps', () => {
    expect(receipt.payload).toMatchObject({ steps_count: 3, total_cost: 0.3, steps_root: stepsRoot(receipt.steps) });
    expect(receipt.steps.map((entry) => entry.step_id)).toEqual(['ask', 'end', 'load']);
  });

  it('is valid as a bare JWS, saying only what that shows', () => {
    const { valid, checks } = verifyReceipt(receipt.jws, jwks);
    expect([valid, checks.map(({ name }) => name)]).toEqual([
      true,
      ['signature', 'canonical', 'structure', 'verified'],
    ]);
  });

  it('does not depend on the order in which the steps are shown', () => {
    expect(failed({ jws: receipt.jws, steps: [...receipt.steps].reverse() })).toEqual([]);
  });

  it('is not valid under other keys, or under none', () => {
    expect(failed(receipt.jws, { keys: [generateSigningKey().jwk] })).toEqual(['signature']);
    expect(failed(receipt.jws, { keys: [{ ...generateSigningKey().jwk, kid: platform.kid }] })).toEqual(['signature']);
    expect(failed(receipt.jws, null)).toEqual(['signature']);
  });

  it('names the check that a change of its company breaks', () => {
    const [first, ...rest] = receipt.steps;
    expect(failed({ ...receipt, payload: { ...receipt.payload, verified: false } })).toEqual(['payload']);
    expect(failed({ ...receipt, steps: rest })).toEqual(
      expect.arrayContaining(['steps_count', 'steps_root', 'total_cost']),
    );
    expect(failed({ ...receipt, steps: [first, first, ...rest] })).toEqual(['steps']);
    expect(failed({ ...receipt, steps: [{ ...first, note: 'x' }, ...rest] })).toEqual(['steps']);
    expect(failed({ ...receipt, steps: [{ ...first, attempt: 2 }, ...rest] })).toEqual(['steps_root']);
    expect(failed({ ...receipt, steps: 'none' })).toEqual(['steps']);
  });

  it('is not valid beside what cannot be checked', () => {
    expect(failed({ ...receipt, ...{ note: 'verified by somebody' } })).toEqual(['structure']);
    expect(failed({ ...receipt, miner_key: miner.jwk })).toEqual(['structure']);
    expect(failed({ jws: receipt.jws, job_receipts: [jobReceipt().jws] })).toEqual(['job_receipts/0']);
    expect(failed({ ...receipt, job_receipts: 'none' })).toEqual(['job_receipts']);
    expect(failed({ ...receipt, job_receipts: [jobReceipt().jws, jobReceipt().jws] })).toEqual(['job_receipts/1']);
  });

  it('says what its issuer found, and may not contradict its own checks', () => {
    const signed = (changes: object) =>
      verifyReceipt(signer.sign(canonicalJson({ ...receipt.payload, ...changes }), EXECUTION_RECEIPT_TYP), jwks);
    const detail = (changes: object) => signed(changes).checks.find(({ name }) => name === 'verified')?.detail;
    const bad = [{ name: 'completed', ok: false, detail: 'the execution is failed' }];
    expect(detail({})).toBe('the execution is verified (basic)');
    expect(detail({ verified: false, checks: bad })).toBe('the execution is not verified (completed)');
    expect(detail({ verified: false, checks: [] })).toBe('the execution is not verified (no checks were made)');
    for (const lie of [{ checks: [] }, { checks: bad }, { verified: false }]) expect(signed(lie).valid).toBe(false);
  });

  it('is not valid when its payload is signed in another form than the canonical one', () => {
    const spaced = signer.sign(JSON.stringify(receipt.payload, undefined, 1), EXECUTION_RECEIPT_TYP);
    expect(failed({ jws: spaced, steps: receipt.steps })).toEqual(expect.arrayContaining(['canonical']));
  });

  it('is not valid as another kind of document', () => {
    expect(failed(signer.sign(canonicalJson(receipt.payload), JOB_RECEIPT_TYP))).toEqual(['structure']);
    expect(failed(signer.sign(canonicalJson(receipt.payload), 'jwt'))).toEqual(['structure']);
    expect(failed(signer.sign(canonicalJson({ ...receipt.payload, version: 2 }), EXECUTION_RECEIPT_TYP))).toEqual([
      'structure',
    ]);
  });

  it('is not valid with job receipts that do not belong to it', () => {
    const withJobs = (...jws: string[]) => failed({ ...receipt, job_receipts: jws });
    expect(withJobs(jobReceipt({ client_id: 'mallory' }).jws)).toEqual(['job_receipts/0']);
    expect(withJobs(jobReceipt({ costUnits: 20_000_001 }).jws)).toEqual(['job_receipts/0']);
    expect(withJobs(jobReceipt().jws, issueJobReceipt(job, signer, issue).jws)).toEqual(['job_receipts/1']);
    expect(withJobs(receipt.jws)).toEqual(['job_receipts/0']);
  });

  it('has one text only: no other last character of the signature verifies', () => {
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter(
      (c) => c !== receipt.jws.at(-1),
    );
    expect(others.filter((c) => verifyReceipt(receipt.jws.slice(0, -1) + c, jwks).valid)).toEqual([]);
  });
});

describe('a step of a receipt', () => {
  const proved = proveStep(receipt.steps, 'ask');
  const alone = { jws: receipt.jws, ...proved };
  const { payload } = receipt;

  it('is proved with nothing else disclosed', () => {
    expect(proved).toMatchObject({ entry: { step_id: 'ask' }, inclusion_proof: { leaf_index: 0, tree_size: 3 } });
    expect(verifyStep(proved, payload)).toBe(true);
    const { valid, checks } = verifyReceipt(alone, jwks);
    expect([valid, checks.map(({ name }) => name)]).toEqual([
      true,
      ['signature', 'canonical', 'structure', 'verified', 'entry', 'inclusion_proof'],
    ]);
    // Neither the ids nor the contents of the other steps are in what is shown.
    const shown = JSON.stringify({ ...proved, ...payload, checks: [] });
    for (const { step_id: id, input_hash: hash } of receipt.steps.filter((entry) => entry.step_id !== 'ask')) {
      expect(shown).not.toContain(`"${id}"`);
      expect(shown).not.toContain(hash);
    }
  });

  it('is shown with the receipt of its job', () => {
    expect(failed({ ...alone, job_receipts: [jobReceipt().jws] })).toEqual([]);
    expect(failed({ jws: receipt.jws, ...proveStep(receipt.steps, 'end'), job_receipts: [jobReceipt().jws] })).toEqual([
      'job_receipts/0',
    ]);
  });

  it('is not proved when changed, moved or proved otherwise', () => {
    const proof = proved.inclusion_proof;
    const upper = proof.inclusion_path.map((hash) => hash.toUpperCase());
    const withProof = (changes: object) =>
      verifyStep({ ...proved, inclusion_proof: { ...proof, ...changes } }, payload);
    expect(verifyStep({ ...proved, entry: { ...proved.entry, status: 'failed' } }, payload)).toBe(false);
    expect(withProof({ leaf_index: 1 })).toBe(false);
    expect(withProof({ tree_size: 4 })).toBe(false);
    expect(withProof({ inclusion_path: upper })).toBe(false);
    expect(withProof({ inclusion_path: [...proof.inclusion_path, sha256Hex('more')] })).toBe(false);
    expect(verifyStep(proved, { ...payload, steps_root: sha256Hex('another root') })).toBe(false);
    expect(verifyStep(proved, { ...payload, steps_count: 4 })).toBe(false);
    expect(() => proveStep(receipt.steps, 'absent')).toThrow(/absent/);
  });

  it('is not verified without its proof, nor a proof without its step', () => {
    expect(failed({ jws: receipt.jws, entry: proved.entry })).toEqual(['inclusion_proof']);
    expect(failed({ jws: receipt.jws, inclusion_proof: proved.inclusion_proof })).toEqual(['entry']);
    expect(failed({ ...alone, inclusion_proof: { ...proved.inclusion_proof, note: 1 } })).toEqual(['inclusion_proof']);
  });
});

describe('a job receipt', () => {
  it('is valid, with the signature of its miner when the key is shown', () => {
    const { valid, checks } = verifyReceipt({ jws: jobReceipt().jws, miner_key: miner.jwk }, jwks);
    expect([valid, checks.map(({ name }) => name)]).toEqual([
      true,
      ['signature', 'canonical', 'structure', 'miner_signature'],
    ]);
  });

  it('is valid with the facts that the API repeats beside it, and with no others', () => {
    const { jws, payload } = jobReceipt();
    const { receipt_id, job_id, client_id, miner_id, cost, issued_at } = payload;
    const shown = { jws, payload, id: receipt_id, receipt_id, job_id, client_id, miner_id, cost, issued_at };
    expect(failed(shown)).toEqual([]);
    for (const name of ['id', 'receipt_id', 'job_id', 'client_id', 'miner_id', 'cost', 'issued_at']) {
      expect(failed({ ...shown, [name]: name === 'cost' ? 0.16 : 'other' })).toEqual(['fields']);
    }
    expect(failed({ ...shown, steps: [] })).toEqual(['structure']);
  });

  it('is not valid when another key or another claim was signed', () => {
    const key = { miner_key: miner.jwk };
    expect(failed({ jws: jobReceipt().jws, miner_key: generateSigningKey().jwk })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ attempt: 2 }).jws, ...key })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ result_hash: sha256Hex('better') }).jws, ...key })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ miner_jws: 'x' }).jws, miner_key: 'nonsense' })).toEqual(['miner_signature']);
  });
});
