/**
 * Bans that ESLint has no rule of its own for, as options of `no-restricted-syntax`, `no-restricted-properties` and
 * `no-restricted-imports`.
 */

const testFunction = '/^(describe|it|test)$/';

/** A test left on `.only` silences all the others of its file, and CI stays green. */
export const focusedTests = [
  {
    selector: `MemberExpression[object.name=${testFunction}][property.name='only']`,
    message: 'A focused test silences the others.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fdescribe|fit)$/]',
    message: 'A focused test silences the others.',
  },
];

const useConfiguration =
  'Read the environment in libs/shared-core/src/config/environment.ts only; take typed configuration.';

export const environmentProperties = [{ object: 'process', property: 'env', message: useConfiguration }];

/** Other ways to the environment than the global `process`. */
export const environmentSyntax = [
  { selector: "MemberExpression[object.property.name='process'][property.name='env']", message: useConfiguration },
];

export const environmentImports = {
  paths: ['process', 'node:process'].map((name) => ({ name, importNames: ['env'], message: useConfiguration })),
};
