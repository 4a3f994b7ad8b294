import { canonicalJson } from '@aitbc/shared-core';
import {
  byteChanges,
  changedDocument,
  fullTests,
  saysSomethingElse,
  testSeed,
  withChangedByte,
} from '@aitbc/shared-core/testing';
import fc from 'fast-check';
import { issueExecutionReceipt } from './issue-receipt';
import { proveStep } from './steps-tree';
import { facts, issue, jobReceipt, jwks, miner, receipt, signer, step } from './testing/sample-receipts';
import { type ShownReceipt, verifyReceipt } from './verify-receipt';

/** Over all kinds of documents together: 10,000, in `npm test` 1,000. */
const CHANGES = (fullTests ? 10_000 : 1_000) / 5;
const SEED = testSeed('one-byte changes');

const many = issueExecutionReceipt(
  {
    ...facts,
    owner_id: 'Ålice 🦊', // Characters of two and of four bytes.
    steps: Array.from({ length: 11 }, (_, index) => step(`s${index}`, index * 10 ** index)),
  },
  signer,
  issue,
);
const { jws, payload } = jobReceipt();
const { receipt_id, job_id, client_id, miner_id, cost, issued_at } = payload;
const repeated = { id: receipt_id, receipt_id, job_id, client_id, miner_id, cost, issued_at };

const options = { numRuns: CHANGES, seed: SEED };

describe('a receipt with one changed byte', () => {
  it.each([
    ['an execution', many.jws],
    ['a job', jws],
  ])('is not valid as the compact JWS of %s', (_name, text) => {
    expect(verifyReceipt(text, jwks).valid).toBe(true);
    fc.assert(
      fc.property(byteChanges, (at) => {
        const changed = withChangedByte(text, at);
        fc.pre(changed !== text);
        expect(changed !== undefined && verifyReceipt(changed, jwks).valid).toBe(false);
      }),
      { ...options, numRuns: CHANGES / 2 },
    );
  });

  it.each<[string, ShownReceipt]>([
    ['with all its steps', { jws: many.jws, payload: many.payload, steps: many.steps }],
    ['with its steps and the receipts of their jobs', { ...receipt, job_receipts: [jws] }],
    ['of one step with its proof', { jws: receipt.jws, ...proveStep(receipt.steps, 'ask'), job_receipts: [jws] }],
    ['of a job with the key of its miner', { jws, payload, ...repeated, miner_key: miner.jwk }],
  ])('is not valid as a document %s', (_name, shown) => {
    const text = canonicalJson(shown);
    expect(verifyReceipt(shown, jwks).valid).toBe(true);
    fc.assert(
      fc.property(byteChanges, (at) => {
        const changed = changedDocument(text, at);
        // Another text that says the same is no change of the receipt.
        fc.pre(changed === undefined || saysSomethingElse(changed.value, shown));
        // The JWS under another name: there is no receipt in it any more.
        expect(changed !== undefined && isShown(changed.value) && verifyReceipt(changed.value, jwks).valid).toBe(false);
      }),
      options,
    );
  });
});

function isShown(value: unknown): value is ShownReceipt {
  return typeof value === 'object' && value !== null && 'jws' in value && typeof value.jws === 'string';
}
