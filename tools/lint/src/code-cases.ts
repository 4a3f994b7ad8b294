import type { RuleCase } from './rule-cases';

const product = 'libs/contracts/src/index.ts';
const spec = 'apps/agent-management/src/app/agents/imagined.spec.ts';
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
    '@typescript-eslint/no-require-imports',
    'no import by assignment, which the boundary rule does not see',
    "import other = require('@aitbc/coordinator-domain');\nexport { other };\n",
  ),
  ...[
    ['a type', "export type Other = import('@aitbc/coordinator-domain').Job;\n"],
    ['a type of a module', "export type Other = typeof import('@aitbc/coordinator-domain');\n"],
    ['a template', 'export const other = import(`@aitbc/coordinator-domain`);\n'],
    ['a template that is required', 'export const other: unknown = require(`@aitbc/coordinator-domain`);\n'],
  ].map(([what = '', text = '']) => code('no-restricted-syntax', `no import hides in ${what}`, text)),
  inSpec('no-restricted-syntax', 'no import hides in a test', 'export const other = import(`@aitbc/sandbox`);\n'),
  code(
    'import-x/no-cycle',
    'no import cycle',
    "import { second } from './second';\n\nexport const first = (): string => second();\n",
    'tools/lint/fixtures/cycle/first.ts',
  ),
];
