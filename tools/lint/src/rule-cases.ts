import type { Fixture } from './lint-texts';

/** A fixture and the one rule that must speak; without a rule, none of those that are proved here may. */
export interface RuleCase extends Fixture {
  readonly name: string;
  readonly rule?: string;
  /** The reason within the rule, where it has several. */
  readonly messageId?: string;
}

const boundaries = '@nx/enforce-module-boundaries';
const seam = 'import-x/no-restricted-paths';

/** The four ways to write an import, each of which must be seen. */
function everyWay(module: string): Record<string, string> {
  return {
    'an import': `import * as other from '${module}';\nexport { other };\n`,
    'a type import': `import type * as other from '${module}';\nexport type { other };\n`,
    're-export': `export * from '${module}';\n`,
    'a dynamic import': `export const other = import('${module}');\n`,
    'a require': `export const other: unknown = require('${module}');\n`,
  };
}

/**
 * @param from a project's folder, whose file `at` imports
 * @param to a library across the seam, which is refused in every way to write an import
 */
function acrossScopes(from: string, at: string, to: string): RuleCase[] {
  const up = '../'.repeat(at.split('/').length - 1);
  const byAlias = Object.entries(everyWay(`@aitbc/${to}`)).map(([way, text]) => ({
    name: `${from} may not reach ${to} by ${way}`,
    at,
    text,
    rule: boundaries,
    messageId: 'onlyTagsConstraintViolation',
  }));
  const byPath = Object.entries(everyWay(`${up}libs/${to}/src`)).map(([way, text]) => ({
    name: `${from} may not reach ${to} by ${way} of a relative path`,
    at,
    text,
    rule: boundaries,
    messageId: 'noRelativeOrAbsoluteImportsAcrossLibraries',
  }));
  return [...byAlias, ...byPath];
}

/** No application may be imported at all; the seam has a rule of its own beside that. */
function acrossApps(from: string, to: string): RuleCase[] {
  const at = `apps/${from}/src/main.ts`;
  return Object.entries(everyWay(`../../${to}/src/app/core/configuration`)).flatMap(([way, text]) => [
    { name: `${from} may not reach ${to} by ${way}`, at, text, rule: boundaries },
    { name: `${from} may not reach ${to} by ${way}: it is across the seam`, at, text, rule: seam },
  ]);
}

const importOf = (module: string): string => `import * as other from '${module}';\nexport { other };\n`;

export const projectCases: readonly RuleCase[] = [
  ...acrossScopes('execution-engine', 'libs/execution-engine/src/index.ts', 'coordinator-domain'),
  ...acrossScopes('coordinator-domain', 'libs/coordinator-domain/src/index.ts', 'execution-engine'),
  ...acrossScopes('agent-management', 'apps/agent-management/src/main.ts', 'coordinator-domain'),
  ...acrossScopes('coordinator-api', 'apps/coordinator-api/src/main.ts', 'execution-engine'),
  ...acrossScopes('coordinator-api', 'apps/coordinator-api/src/app/core/composition.ts', 'sandbox'),
  ...acrossApps('agent-management', 'coordinator-api'),
  ...acrossApps('coordinator-api', 'agent-management'),
  {
    name: 'shared code may not reach agents',
    at: 'libs/receipts/src/index.ts',
    text: importOf('@aitbc/sandbox'),
    rule: boundaries,
    messageId: 'onlyTagsConstraintViolation',
  },
  {
    name: 'shared code may not reach the coordinator',
    at: 'libs/receipts/src/index.ts',
    text: importOf('@aitbc/coordinator-domain'),
    rule: boundaries,
    messageId: 'onlyTagsConstraintViolation',
  },
  ...['sandbox', 'coordinator-domain'].map((library) => ({
    name: `a tool may not reach ${library}`,
    at: 'tools/lint/src/lint-texts.ts',
    text: importOf(`@aitbc/${library}`),
    rule: boundaries,
    messageId: 'onlyTagsConstraintViolation',
  })),
  {
    name: 'a library may not reach an application',
    at: 'libs/sandbox/src/index.ts',
    text: importOf('../../../apps/miner/src/main'),
    rule: boundaries,
  },
  {
    name: 'the published domain may not reach another library',
    at: 'libs/shared-domain/src/index.ts',
    text: importOf('@aitbc/contracts'),
    rule: boundaries,
    messageId: 'emptyOnlyTagsConstraintViolation',
  },
  ...['shared-domain', 'coordinator-domain'].flatMap((library) =>
    ['express', 'winston', 'sqlite3'].map((module) => ({
      name: `${library} may not use ${module}`,
      at: `libs/${library}/src/index.ts`,
      text: importOf(module),
      rule: boundaries,
      messageId: 'bannedExternalImportsViolation',
    })),
  ),
  {
    name: 'agents may reach shared code',
    at: 'libs/execution-engine/src/index.ts',
    text: importOf('@aitbc/contracts'),
  },
  {
    name: 'the coordinator may reach shared code',
    at: 'libs/coordinator-domain/src/index.ts',
    text: importOf('@aitbc/shared-domain'),
  },
  ...['coordinator-client', 'contracts', 'shared-domain', 'execution-engine', 'agent-directory'].map((library) => ({
    name: `agent-management may reach ${library}`,
    at: 'apps/agent-management/src/main.ts',
    text: importOf(`@aitbc/${library}`),
  })),
  ...['agent-client', 'agent-directory', 'contracts', 'shared-domain', 'coordinator-domain'].map((library) => ({
    name: `coordinator-api may reach ${library}`,
    at: 'apps/coordinator-api/src/main.ts',
    text: importOf(`@aitbc/${library}`),
  })),
  { name: 'a domain library may use typeorm', at: 'libs/shared-domain/src/index.ts', text: importOf('typeorm') },
];

const app = 'apps/coordinator-api/src/app';
const agents = 'apps/agent-management/src/app';

/** What a file of a service imports, and whether it may. */
function feature(allowed: boolean, at: string, module: string): RuleCase {
  return {
    name: `${at.slice('apps/'.length)} ${allowed ? 'may' : 'may not'} import ${module}`,
    at,
    imagined: true,
    text: importOf(module),
    ...(allowed ? {} : { rule: seam }),
  };
}

export const featureCases: readonly RuleCase[] = [
  feature(false, `${agents}/agents/imagined.service.ts`, '../workflows'),
  feature(false, `${agents}/workflows/imagined.service.ts`, '../executions'),
  feature(false, `${agents}/executions/imagined.service.ts`, '../verification'),
  feature(false, `${agents}/security/imagined.service.ts`, '../agents'),
  feature(false, `${agents}/verification/imagined.service.ts`, '../orchestration'),
  feature(false, `${agents}/marketplace/imagined.service.ts`, '../portfolio'),
  feature(false, `${agents}/executions/imagined.service.ts`, '../workflows/workflow.repository'),
  feature(false, `${agents}/executions/imagined.service.ts`, '../../../../coordinator-api/src/app/jobs'),
  feature(false, `${agents}/executions/imagined.service.ts`, '../core/imagined.config'),
  { ...feature(false, `${agents}/executions/index.ts`, '../compose'), imagined: false },
  feature(false, `${agents}/core/imagined.ts`, '../agents/agent.repository'),
  feature(false, `${app}/jobs/imagined.service.ts`, '../../../../agent-management/src/app/agents'),
  feature(false, `${app}/jobs/imagined.service.ts`, '../core/imagined.config'),
  feature(false, `${app}/imagined-new-feature/imagined.service.ts`, '../../../../agent-management/src/app/agents'),
  feature(false, `${app}/receipts/imagined.service.ts`, '../jobs'),
  feature(false, `${app}/jobs/imagined.service.ts`, '../miners'),
  feature(false, `${app}/jobs/imagined.service.ts`, '../job-client'),
  feature(false, `${app}/miners/imagined.service.ts`, '../admin'),
  feature(false, `${app}/dashboard/imagined.service.ts`, '../admin'),
  feature(false, `${app}/miners/imagined.service.ts`, '../jobs/job.repository'),
  feature(false, `${app}/core/imagined.ts`, '../jobs/job.repository'),
  feature(true, `${app}/admin/imagined.service.ts`, '../jobs'),
  feature(true, `${app}/core/imagined.ts`, '../jobs'),
  feature(true, `${app}/core/imagined.ts`, '../agent-directory'),
  feature(true, `${app}/openapi.ts`, './jobs'),
  feature(true, `${app}/jobs/imagined.service.ts`, '../receipts'),
  feature(true, `${app}/miners/imagined.service.ts`, '../jobs'),
  feature(true, `${agents}/executions/imagined.service.ts`, '../workflows'),
  feature(true, `${agents}/executions/imagined.service.ts`, '../agents'),
  feature(true, `${agents}/executions/imagined.service.ts`, './execution.repository'),
  feature(true, `${agents}/verification/imagined.service.ts`, '../executions'),
  feature(true, `${agents}/orchestration/imagined.service.ts`, '../marketplace'),
  feature(true, `${agents}/compose.ts`, './agents'),
  feature(true, `${agents}/core/imagined.ts`, '../executions'),
];

const product = 'libs/contracts/src/index.ts';
const spec = `${agents}/agents/imagined.spec.ts`;
const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `export const value${n} = ${n};\n`).join('');
const statements = (count: number): string =>
  `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(count)}  return sum;\n}\n`;
const branches = (count: number): string =>
  `export function branchy(n: number): string {\n${Array.from({ length: count }, (_, n) => `  if (n === ${n}) return 'x${n}';\n`).join('')}  return '';\n}\n`;

function code(rule: string, name: string, text: string, at = product): RuleCase {
  return { name, rule, text, at };
}

function inSpec(rule: string, name: string, text: string): RuleCase {
  return { name, rule, text, at: spec, imagined: true };
}

const escape = "export const escape = process.env['HOME'];\n";

export const codeCases: readonly RuleCase[] = [
  code('no-restricted-properties', 'process.env is read in configuration code only', escape),
  code(
    'no-restricted-properties',
    'process.env is read in configuration code only, by destructuring too',
    'export const { env } = process;\n',
  ),
  inSpec('no-restricted-properties', 'a test reads no process.env either', escape),
  code(
    'no-restricted-imports',
    'env is not imported from node:process',
    "import { env } from 'node:process';\nexport const home = env['HOME'];\n",
  ),
  code(
    'no-restricted-syntax',
    'env is not reached over globalThis',
    "export const home = globalThis.process.env['HOME'];\n",
  ),
  ...[
    ['a product', 'export const of = (job: { price: number }, hours: number): number => job.price * hours;\n'],
    ['a quotient', 'export const of = (totalCost: number, steps: number): number => totalCost / steps;\n'],
    ['a rounding', 'export const of = (units: number): number => Math.round(units + 0.5);\n'],
    ['a text', 'export const of = (costUnits: number): string => costUnits.toFixed(8);\n'],
  ].map(([what = '', text = '']) => code('no-restricted-syntax', `money is no part of ${what}`, text)),
  {
    name: 'whole units of money are added up and compared',
    at: product,
    text: 'export const fits = (cost: number, budget: number): boolean => cost + 1 <= budget - cost;\n',
  },
  {
    name: 'what only sounds like money is no money',
    at: product,
    text: 'export const half = (budgetMs: number): number => budgetMs / 2;\n',
  },
  {
    name: 'configuration code may read process.env',
    at: 'libs/shared-core/src/config/environment.ts',
    imagined: true,
    text: escape,
  },
  code('@typescript-eslint/no-explicit-any', 'no any', 'export function first(list: any[]): void {\n  void list;\n}\n'),
  code('@typescript-eslint/no-unsafe-assignment', 'no unsafe assignment', "export const parsed = JSON.parse('{}');\n"),
  code(
    '@typescript-eslint/no-unsafe-return',
    'no unsafe return',
    "export const parse = (): string => JSON.parse('1');\n",
  ),
  code(
    '@typescript-eslint/no-unsafe-member-access',
    'no unsafe member',
    "export const id = String(JSON.parse('{}').id);\n",
  ),
  code(
    '@typescript-eslint/no-non-null-assertion',
    'no non-null assertion',
    'export const head = (list: string[]): string => list[0]!;\n',
  ),
  code(
    '@typescript-eslint/no-floating-promises',
    'no floating promise',
    'export function start(): void {\n  Promise.resolve(1);\n}\n',
  ),
  code(
    '@typescript-eslint/no-misused-promises',
    'no promise as a condition',
    "export const yes = Promise.resolve(true) ? 'a' : 'b';\n",
  ),
  code(
    '@typescript-eslint/switch-exhaustiveness-check',
    'every case of a union',
    "export function go(way: 'a' | 'b'): void {\n  switch (way) {\n    case 'a':\n  }\n}\n",
  ),
  code(
    '@typescript-eslint/prefer-readonly',
    'fields that never change are readonly',
    'export class Box {\n  private size = 1;\n  get(): number {\n    return this.size;\n  }\n}\n',
  ),
  code(
    '@typescript-eslint/max-params',
    'at most 6 parameters',
    'export class Wide {\n  constructor(a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1) {\n    void [a, b, c, d, e, f, g];\n  }\n}\n',
  ),
  code('max-lines', 'at most 300 lines', lines(301)),
  inSpec('max-lines', 'at most 500 lines in a test', lines(501)),
  { name: '400 lines are fine in a test', at: spec, imagined: true, text: lines(400) },
  { name: '300 lines are fine', at: product, text: lines(300) },
  code('max-lines-per-function', 'at most 60 lines a function', statements(60)),
  { name: '60 lines are fine in a function', at: product, text: statements(56) },
  code('complexity', 'at most 12 ways through a function', branches(12)),
  { name: '12 ways through a function are fine', at: product, text: branches(11) },
  code(
    'max-depth',
    'at most 4 blocks deep',
    `export function deep(n: number): void {\n${'if (n > 0) {\n'.repeat(5)}void n;\n${'}\n'.repeat(5)}}\n`,
  ),
  code('no-console', 'no console in product code', "console.log('x');\nexport {};\n"),
  {
    name: 'a tool may write to the console',
    at: 'tools/lint/src/lint-texts.ts',
    text: "console.log('x');\nexport {};\n",
  },
  code('no-warning-comments', 'no work left in comments', `// ${'TO'}${'DO'}: later\nexport {};\n`),
  inSpec('no-restricted-syntax', 'no focused test', "it.only('x', () => undefined);\n"),
  inSpec('no-restricted-syntax', 'no focused table of tests', "describe.only.each([1])('x', () => undefined);\n"),
  inSpec('no-restricted-syntax', 'no fit', "fit('x', () => undefined);\n"),
  code(
    'import-x/no-cycle',
    'no import cycle',
    "import { second } from './second';\n\nexport const first = (): string => second();\n",
    'tools/lint/fixtures/cycle/first.ts',
  ),
];
