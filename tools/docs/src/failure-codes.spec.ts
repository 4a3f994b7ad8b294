import { FAILURE_CATALOGUE, type FailureDefinition } from '@aitbc/shared-domain';
import { filesEndingIn, readWorkspaceFile } from './workspace';

const CATALOGUE: Readonly<Record<string, FailureDefinition>> = FAILURE_CATALOGUE;
const FOLDERS = ['libs/execution-engine/src', 'libs/sandbox/src', 'apps/agent-management/src/app/executions'];

const sources = FOLDERS.flatMap((folder) => filesEndingIn(['.ts'], folder))
  .filter((path) => !path.endsWith('.spec.ts') && !path.includes('/testing/'))
  .map((path) => ({ path, text: readWorkspaceFile(path) }));

/** Failures that the code states in full: `new StepFailure('code', message, retryable`. */
const stated = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/new StepFailure\(\s*'(\w+)',[\s\S]*?,\s*(true|false)\b/g)].map(
    ([, code = '', retryable = '']) => ({ path, code, retryable: retryable === 'true' }),
  ),
);
/** Codes that it states beside a message: of executions, of the sandbox, of an evaluation. */
const beside = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\bcode: '(\w+)'/g)].map(([, code = '']) => ({ path, code })),
);

describe('the catalogue of failures', () => {
  it('has every code that the source states', () => {
    expect(stated.length).toBeGreaterThan(15);
    expect(beside.length).toBeGreaterThan(10);
    expect([...stated, ...beside].filter(({ code }) => !Object.hasOwn(CATALOGUE, code))).toEqual([]);
  });

  it('says of each what the source does: whether another attempt is made', () => {
    expect(stated.filter(({ code, retryable }) => CATALOGUE[code]?.retryable !== retryable)).toEqual([]);
  });

  it('has no code that the source does not know', () => {
    const text = sources.map((source) => source.text).join('\n');
    expect(
      Object.keys(CATALOGUE).filter((code) => !text.includes(`'${code}'`) && !text.includes(templateOf(code))),
    ).toEqual([]);
  });

  it('is in the order of its codes, steps before executions, and says something of its own for each', () => {
    const entries = Object.entries(CATALOGUE);
    const inOrder = entries.toSorted(
      ([a, { concerns: of }], [b, { concerns: to }]) => to.localeCompare(of) || a.localeCompare(b),
    );
    expect(entries.map(([code]) => code)).toEqual(inOrder.map(([code]) => code));
    expect(new Set(entries.map(([, { meaning }]) => meaning)).size).toBe(entries.length);
  });
});

/** `schema_timeout` is put together of its kind and what happened. */
function templateOf(code: string): string {
  return code.replace(/^[a-z]+/, '${this.spec.kind}');
}
