import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import fc from 'fast-check';
import { ExecutionFacts, issueExecutionReceipt, issueJobReceipt, JobFacts, StepFacts } from './issue-receipt';
import { EXECUTION_RECEIPT_TYP, JOB_RECEIPT_TYP } from './receipt.types';
import { proveStep, stepsRoot, verifyStep } from './steps-tree';
import { ShownReceipt, verifyReceipt } from './verify-receipt';

const platform = generateSigningKey();
const miner = generateSigningKey();
const signer = { sign: (payload: string, typ: string) => signJws(payload, platform, typ) };
const jwks = { keys: [{ ...platform.jwk, kid: platform.kid, use: 'sig', alg: 'EdDSA' }] };
const at = '2026-01-31T09:15:00.000Z';
const issue = { receiptId: 'rcpt_1', issuedAt: Date.parse(at) };

function step(id: string, costUnits: number, more: Partial<StepFacts> = {}): StepFacts {
  return {
    step_id: id,
    attempt: 1,
    status: 'completed',
    input_hash: sha256Hex(`in ${id}`),
    output_hash: sha256Hex(`out ${id}`),
    started_at: at,
    completed_at: at,
    costUnits,
    ...more,
  };
}

const facts: ExecutionFacts = {
  execution_id: 'exec_1',
  workflow_id: 'wf_1',
  workflow_version: 2,
  workflow_hash: sha256Hex('workflow'),
  owner_id: 'alice',
  status: 'completed',
  inputs_hash: sha256Hex('inputs'),
  result_hash: sha256Hex('result'),
  verification_level: 'basic',
  verified: true,
  checks: [{ name: 'completed', ok: true, detail: 'all steps completed' }],
  started_at: at,
  completed_at: at,
  issuer: 'http://127.0.0.1:8011',
  // 0.1 + 0.2 coins: a sum that floating point does not get right.
  steps: [step('load', 10_000_000), step('ask', 20_000_000, { job_receipt_id: 'rcpt_job' }), step('end', 0)],
};

const claim = { job_id: 'job_1', attempt: 1, miner_id: 'miner_1', result_hash: sha256Hex('job result') };
const job: JobFacts = {
  ...claim,
  client_id: 'alice',
  service_type: 'text_analysis',
  request_hash: sha256Hex('request'),
  costUnits: 15_000_000,
  miner_jws: signJws(canonicalJson(claim), miner, 'aitbc-miner-result+jws'),
  completed_at: at,
  issuer: 'http://127.0.0.1:8011',
};
const jobReceipt = (changes: Partial<JobFacts> = {}) =>
  issueJobReceipt({ ...job, ...changes }, signer, { ...issue, receiptId: 'rcpt_job' });

const receipt = issueExecutionReceipt(facts, signer, issue);
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
    expect([valid, checks.map(({ name }) => name)]).toEqual([true, ['signature', 'canonical', 'structure']]);
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

  it('never verifies after a change of one character of its JWS', () => {
    const position = fc.nat(receipt.jws.length - 1);
    const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ');
    fc.assert(
      fc.property(position, character, (index, other) => {
        fc.pre(receipt.jws[index] !== other);
        const changed = receipt.jws.slice(0, index) + other + receipt.jws.slice(index + 1);
        expect(verifyReceipt({ ...receipt, jws: changed }, jwks).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has one text only: no other last character of the signature verifies', () => {
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter(
      (c) => c !== receipt.jws.at(-1),
    );
    expect(others.filter((c) => verifyReceipt(receipt.jws.slice(0, -1) + c, jwks).valid)).toEqual([]);
  });

  it('never verifies after a change of one byte of its steps', () => {
    const text = JSON.stringify(receipt.steps);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (index, code) => {
        const changed = text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
        const steps = parse(changed);
        // A change that leaves the content the same (a space for a space) is no change.
        fc.pre(steps === undefined || canonicalJson(steps) !== canonicalJson(receipt.steps));
        expect(steps !== undefined && verifyReceipt({ jws: receipt.jws, steps }, jwks).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a step of a receipt', () => {
  const proof = proveStep(receipt.steps, 'end');

  it('is proved without the others', () => {
    expect(proof).toMatchObject({ index: 1, steps_count: 3, step: { step_id: 'end' } });
    expect(verifyStep(proof, receipt.payload.steps_root)).toBe(true);
  });

  it('is not proved when changed, moved or proved otherwise', () => {
    const root = receipt.payload.steps_root;
    expect(verifyStep({ ...proof, step: { ...proof.step, status: 'failed' } }, root)).toBe(false);
    expect(verifyStep({ ...proof, index: 0 }, root)).toBe(false);
    expect(verifyStep({ ...proof, proof: proof.proof.map((hash) => hash.toUpperCase()) }, root)).toBe(false);
    expect(verifyStep(proof, sha256Hex('another root'))).toBe(false);
    expect(() => proveStep(receipt.steps, 'absent')).toThrow(/absent/);
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

  it('is not valid when another key or another claim was signed', () => {
    const key = { miner_key: miner.jwk };
    expect(failed({ jws: jobReceipt().jws, miner_key: generateSigningKey().jwk })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ attempt: 2 }).jws, ...key })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ result_hash: sha256Hex('better') }).jws, ...key })).toEqual(['miner_signature']);
    expect(failed({ jws: jobReceipt({ miner_jws: 'x' }).jws, miner_key: 'nonsense' })).toEqual(['miner_signature']);
  });
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
