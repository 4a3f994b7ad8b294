import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { proveStep, type ReceiptStep, type ShownReceipt, verifyReceipt } from '@aitbc/receipts';
import { canonicalJson } from '@aitbc/shared-core';
import {
  byteChanges,
  changedDocument,
  describeAboveStores,
  fullTests,
  saysSomethingElse,
  temporaryFolder,
  type TemporaryFolder,
  testSeed,
  waitFor,
} from '@aitbc/shared-core/testing';
import fc from 'fast-check';
import { AgentContextFixture, dataStep, jobStep } from '../testing/agent-context-fixture';
import { minerKey, signedEndings } from './testing/signed-endings';

/** Written from the document of the format, with nothing of our own code in it. */
const VERIFIER = join(__dirname, '../../../../../tools/receipt-verifier/verify.mjs');
const RECEIPTS = fullTests ? 1_000 : 100;
/** Changed copies of each document. */
const CHANGES = 3;
const SEED = testSeed('two verifiers');

type Receipt = ShownReceipt & { steps: ReceiptStep[]; job_receipts: string[]; payload: { status: string } };

/** A workflow of up to 200 steps: some rest on jobs, some are skipped, and some fail, after which others never begin. */
const workflows = fc.record({
  steps: fc.oneof({ arbitrary: fc.integer({ min: 1, max: 12 }), weight: 8 }, fc.integer({ min: 13, max: 200 })),
  jobs: fc.nat(2),
  skipped: fc.nat(3),
  fails: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.constant(true)),
  level: fc.constantFrom('basic', 'full'),
});
type Shape = typeof workflows extends fc.Arbitrary<infer T> ? T : never;

/** In every run: the largest workflow, and one that fails. */
const CERTAIN: readonly Shape[] = [
  { steps: 200, jobs: 2, skipped: 3, fails: false, level: 'full' },
  { steps: 9, jobs: 1, skipped: 1, fails: true, level: 'basic' },
];

describeAboveStores('receipts of real executions', (engine) => {
  let fixture: AgentContextFixture;
  let folder: TemporaryFolder;
  let receipts: Receipt[];
  const count = engine.engine === 'sqlite' ? RECEIPTS : RECEIPTS / 10;

  beforeAll(async () => {
    folder = temporaryFolder();
    fixture = await AgentContextFixture.open(engine);
    fixture.jobs.endNext = signedEndings(await fixture.keys.signer());
    const drawn = count / 5 - CERTAIN.length;
    const shapes = [...CERTAIN, ...(drawn > 0 ? fc.sample(workflows, { seed: SEED, numRuns: drawn }) : [])];
    receipts = [];
    for (const shape of shapes) receipts.push(...(await receiptsOf(shape, 5)));
  }, 600_000);
  afterAll(async () => {
    await fixture.context.stop();
    await folder.remove();
  });

  /** Runs the workflow a few times at once, with other inputs each time. */
  async function receiptsOf(shape: Shape, runs: number): Promise<Receipt[]> {
    // On a busy machine storing 200 steps may take longer than a unit of work may: then it is stored at the next try.
    const store = () => fixture.workflow(stepsOf(shape), { verification_level: shape.level }).catch(() => undefined);
    const workflow = await waitFor(store, { timeoutMs: 60_000 });
    const inputs = Array.from({ length: runs }, (_, n) => ({ n, no: false, prompt: `ü ${n}`, text: '🦊\u2028' }));
    return Promise.all(
      inputs.map(async (input) => {
        const id = await fixture.start(workflow, { inputs: input });
        const { status } = await fixture.until(id, undefined, 120_000);
        expect(status).toBe(shape.fails ? 'failed' : 'completed');
        return (await fixture.get(`/executions/${id}/receipt`).expect(200)).body as Receipt;
      }),
    );
  }

  /** What the other verifier says of each, in order. */
  function otherVerdicts(documents: readonly unknown[]): boolean[] {
    writeFileSync(folder.file('jwks.json'), JSON.stringify(fixture.keys.jwks()));
    writeFileSync(folder.file('lines'), documents.map((document) => JSON.stringify(document)).join('\n'));
    const args = [VERIFIER, '--lines', '--jwks', folder.file('jwks.json'), folder.file('lines')];
    const output = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    const lines = output.trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { valid: boolean }).valid);
  }

  const ourVerdict = (document: unknown) => verifyReceipt(document as ShownReceipt, fixture.keys.jwks()).valid;

  it('are of all kinds', () => {
    const sizes = receipts.map(({ steps }) => steps.length);
    const all = receipts.flatMap(({ steps }) => steps);
    expect([receipts.length, Math.max(...sizes)]).toEqual([count, 200]);
    expect(new Set(receipts.map(({ payload }) => payload.status))).toEqual(new Set(['completed', 'failed']));
    const statuses = [...new Set(all.map(({ status }) => status))];
    expect(statuses).toEqual(expect.arrayContaining(['completed', 'skipped', 'failed']));
    expect(all.some(({ job_receipt_id: id }) => id !== undefined)).toBe(true);
  });

  it('are judged alike by two verifiers, whole, bare, step by step and job by job: all are valid', () => {
    for (const some of chunks(receipts, 50)) {
      const documents = some.flatMap(documentsOf);
      expect(documents.filter((document) => !ourVerdict(document))).toEqual([]);
      expect(otherVerdicts(documents)).toEqual(documents.map(() => true));
    }
  });

  it('are judged alike after a change of one byte: none is valid', () => {
    let at = 0;
    const changes = fc.sample(byteChanges, { seed: SEED, numRuns: 20_000 });
    for (const some of chunks(receipts, 50)) {
      const changed = some.flatMap(documentsOf).flatMap((document) => {
        const mine = Array.from({ length: CHANGES }, () => changes[at++ % changes.length]);
        // What is no JSON any more, or says the same in other bytes, is left out.
        return mine.flatMap((change) => {
          const result = change && changedDocument(canonicalJson(document), change);
          return result && saysSomethingElse(result.value, document) ? [result.value] : [];
        });
      });
      expect(changed.length).toBeGreaterThan(some.length);
      expect(changed.filter((document) => isReceipt(document) && ourVerdict(document))).toEqual([]);
      expect(otherVerdicts(changed)).toEqual(changed.map(() => false));
    }
  });
});

function stepsOf({ steps, jobs, skipped, fails }: Shape): Record<string, object> {
  const kinds = Array.from({ length: steps }, (_, index) => {
    if (index < jobs) return jobStep();
    if (index < jobs + skipped) return dataStep('inputs.n', { when: 'inputs.no' });
    return dataStep('inputs.n');
  });
  const all = fails ? [dataStep('$error("no")', { max_retries: 0 }), ...kinds.slice(1)] : kinds;
  return Object.fromEntries(all.map((step, index) => [`s${index}`, step]));
}

/** Each form in which a receipt, or a part of it, is shown to somebody. */
function documentsOf({ jws, payload, steps, job_receipts: jobs }: Receipt, index: number): unknown[] {
  const step = steps[index % steps.length]?.step_id ?? '';
  const alone = steps.length === 0 ? [] : [{ jws, ...proveStep(steps, step) }];
  return [
    jws,
    { jws, payload, steps, job_receipts: jobs },
    ...alone,
    ...jobs.map((job) => ({ jws: job, miner_key: minerKey })),
  ];
}

function isReceipt(document: unknown): boolean {
  return typeof document === 'string' || (typeof document === 'object' && document !== null && 'jws' in document);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
