import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import {
  environmentImports,
  environmentProperties,
  environmentSyntax,
  focusedTests,
  hiddenImports,
  moneyArithmetic,
} from './tools/lint/banned-syntax.mjs';
import { featureZones } from './tools/lint/feature-zones.mjs';
import { moduleBoundaries } from './tools/lint/module-boundaries.mjs';
import { ensureProjectGraph } from './tools/lint/project-graph.mjs';

const typescript = ['**/*.ts'];
const javascript = ['**/*.js', '**/*.mjs'];
const specs = ['**/*.spec.ts', '**/testing/**/*.ts', '**/test/**/*.ts'];
/** The only places that may read the process environment. */
const environmentReaders = [
  'libs/shared-core/src/config/environment.ts',
  '{apps,libs}/*/src/**/testing/**/*.{ts,mjs}',
  'tools/*/src/environment.ts',
  'tools/run-checks.mjs',
];

await ensureProjectGraph();

const alwaysBanned = [...focusedTests, ...hiddenImports];

const size = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 4],
  complexity: ['error', 12],
};

const everywhere = {
  name: 'aitbc/everywhere',
  files: [...typescript, ...javascript],
  plugins: { 'import-x': importX },
  settings: {
    'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    'import-x/extensions': ['.ts', '.js', '.mjs'],
    'import-x/ignore': ['/node_modules/'], // no package imports a file of ours
    'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.base.json' })],
  },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  rules: {
    ...size,
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-console': 'error',
    'no-warning-comments': ['error', { terms: ['todo', 'fixme'], location: 'anywhere' }],
    'no-restricted-properties': ['error', ...environmentProperties],
    'no-restricted-imports': ['error', environmentImports],
    'no-restricted-syntax': ['error', ...environmentSyntax, ...alwaysBanned, ...moneyArithmetic],
    // Not `ignoreExternal`, which looks up the package of each import anew for each file: nearly twice as slow.
    'import-x/no-cycle': 'error',
  },
};

/** One program of all projects, whose options are the same: one for each would check anew what they share. */
const allProjects = { project: 'tools/lint/tsconfig.all.json', tsconfigRootDir: import.meta.dirname };

const typed = {
  name: 'aitbc/typescript',
  files: typescript,
  extends: [tseslint.configs.recommendedTypeChecked],
  plugins: { '@nx': nx },
  languageOptions: { parserOptions: allProjects },
  rules: {
    '@nx/enforce-module-boundaries': ['error', moduleBoundaries],
    '@typescript-eslint/max-params': ['error', { max: 6 }],
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // A method that fulfils a port is `async` also where it awaits nothing: what it throws becomes a rejection.
    '@typescript-eslint/require-await': 'off',
  },
};

const features = {
  name: 'aitbc/feature-direction',
  files: ['apps/**/*.ts', 'apps/**/*.js', 'apps/**/*.mjs'],
  rules: { 'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: featureZones() }] },
};

const tests = {
  name: 'aitbc/tests',
  files: specs,
  rules: {
    'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': 'off',
    // Tests compute amounts by other means than what they test.
    'no-restricted-syntax': ['error', ...environmentSyntax, ...alwaysBanned],
    '@typescript-eslint/unbound-method': 'off', // expect(fake.method) only reads it
    // Bodies of HTTP answers are `any` in supertest and in fetch; a wrong guess about one fails the test by itself.
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
  },
};

/** The one place that multiplies and divides money, by integers of any size. */
const money = {
  name: 'aitbc/money',
  files: ['libs/shared-core/src/money/*.ts'],
  rules: { 'no-restricted-syntax': ['error', ...environmentSyntax, ...alwaysBanned] },
};

const scripts = {
  name: 'aitbc/scripts',
  files: javascript,
  languageOptions: {
    globals: {
      console: 'readonly',
      process: 'readonly',
      require: 'readonly',
      module: 'writable',
      __dirname: 'readonly',
    },
  },
};

const tools = { name: 'aitbc/tools', files: ['tools/**'], rules: { 'no-console': 'off' } };

const configuration = {
  name: 'aitbc/environment-readers',
  files: environmentReaders,
  rules: {
    'no-restricted-properties': 'off',
    'no-restricted-imports': 'off',
    'no-restricted-syntax': ['error', ...alwaysBanned],
  },
};

export default defineConfig(
  {
    name: 'aitbc/ignored',
    ignores: ['**/node_modules', 'dist', 'tmp', '**/coverage', '.nx', 'tools/lint/fixtures', '**/generated'],
  },
  eslint.configs.recommended,
  everywhere,
  typed,
  features,
  tests,
  money,
  scripts,
  tools,
  configuration,
);
