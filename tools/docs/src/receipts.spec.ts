import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyReceipt } from '@aitbc/receipts';
import { temporaryFolder, type TemporaryFolder } from '@aitbc/shared-core/testing';
import { environmentFor } from './environment';
import { codeBlocks } from './markdown';
import { run } from './program';
import { readWorkspaceFile, workspaceRoot } from './workspace';

const blocks = codeBlocks(readWorkspaceFile('docs/receipts.md'));
const VERIFIER = join(workspaceRoot, 'tools/receipt-verifier/verify.mjs');

/** The block that the page introduces as this file. */
function file(name: string): string {
  const block = blocks.find(({ introduction }) => introduction.startsWith(`\`${name}\``));
  if (!block) throw new Error(`docs/receipts.md has no ${name}`);
  return block.text;
}

describe('the example of the format of receipts', () => {
  const receipt = JSON.parse(file('receipt.json')) as { jws: string; steps: { cost: number }[] };
  const alone = { jws: receipt.jws, ...(JSON.parse(file('step.json')) as object) };
  const jwks: unknown = JSON.parse(file('jwks.json'));
  let folder: TemporaryFolder;
  beforeAll(() => {
    folder = temporaryFolder();
    for (const name of ['jwks.json', 'receipt.json', 'step.json', 'check-step.mjs']) {
      writeFileSync(folder.file(name), file(name));
    }
  });
  afterAll(() => folder.remove());

  const node = (...args: string[]) => run(process.execPath, args, { cwd: folder.file('.'), env: environmentFor({}) });
  const judged = (name: string) => node(VERIFIER, '--jwks', 'jwks.json', name);

  it('is valid, whole and step by step, for the platform', () => {
    expect(verifyReceipt(receipt, jwks)).toMatchObject({ valid: true });
    expect(verifyReceipt(alone, jwks)).toMatchObject({ valid: true });
  });

  it('is valid for the verifier that was written from the page, and not when it is changed', async () => {
    writeFileSync(folder.file('alone.json'), JSON.stringify(alone));
    writeFileSync(folder.file('bare.jws'), receipt.jws);
    for (const name of ['receipt.json', 'alone.json', 'bare.jws']) expect(await judged(name)).toBe('valid\n');
    const steps = receipt.steps.map((step) => ({ ...step, cost: step.cost + 1 }));
    writeFileSync(folder.file('changed.json'), JSON.stringify({ ...receipt, steps }));
    await expect(judged('changed.json')).rejects.toThrow('not valid: the steps have another Merkle root');
  });

  it('is proved by the program of the page, which prints what the page says', async () => {
    expect(await node('check-step.mjs')).toBe(file('node check-step.mjs'));
  });

  it('names every check that the platform makes', () => {
    const page = readWorkspaceFile('docs/receipts.md');
    const { checks } = verifyReceipt({ ...receipt, ...alone, payload: {} }, jwks);
    expect(checks.length).toBeGreaterThan(9);
    expect(checks.filter(({ name }) => !page.includes(`\`${name}\``)).map(({ name }) => name)).toEqual([]);
  });
});
