import { codeCases } from './code-cases';
import { featureCases } from './feature-cases';
import { Finding, lintTexts } from './lint-texts';
import { projectCases } from './project-cases';
import type { RuleCase } from './rule-cases';

const all: readonly RuleCase[] = [...projectCases, ...featureCases, ...codeCases];
const provedRules = new Set(all.map(({ rule }) => rule));
const findings = new Map<RuleCase, Finding[]>();

beforeAll(() => {
  const results = lintTexts(all);
  all.forEach((fixture, index) => findings.set(fixture, results[index] ?? []));
}, 180_000);

/** Findings of the rules that are proved here; others (an unused name, a missing type) may speak beside them. */
function provedFindings(fixture: RuleCase): Finding[] {
  return (findings.get(fixture) ?? []).filter(({ ruleId }) => ruleId === null || provedRules.has(ruleId));
}

function expectOutcome(fixture: RuleCase): void {
  const found = provedFindings(fixture);
  if (fixture.rule === undefined) {
    expect(found).toEqual([]);
    return;
  }
  const { rule: ruleId, messageId, words } = fixture;
  const expected = {
    ruleId,
    ...(messageId === undefined ? {} : { messageId }),
    ...(words === undefined ? {} : { message: expect.stringContaining(words) as string }),
  };
  expect(found).toContainEqual(expect.objectContaining(expected));
}

const named = (cases: readonly RuleCase[]): [string, RuleCase][] => cases.map((fixture) => [fixture.name, fixture]);

describe('projects', () => {
  it.each(named(projectCases))('%s', (_name, fixture) => expectOutcome(fixture));
});

describe('features of the applications', () => {
  it.each(named(featureCases))('%s', (_name, fixture) => expectOutcome(fixture));
});

describe('code', () => {
  it.each(named(codeCases))('%s', (_name, fixture) => expectOutcome(fixture));
});
