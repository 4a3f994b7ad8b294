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

const writeImport = 'The boundary rules do not see this import: write it as an import of a literal name.';

/** Ways to import round `@nx/enforce-module-boundaries` and `import-x/no-restricted-paths`, which read neither. */
export const hiddenImports = [
  'TSImportType',
  'ImportExpression > TemplateLiteral.source',
  "CallExpression[callee.name='require'] > TemplateLiteral.arguments",
].map((selector) => ({ selector, message: writeImport }));

/** How amounts and prices are named: `cost`, `totalCost`, `price`, `costUnits`, `units`, `maxCostBudget`, `coins`, … */
const money = '/(^|[a-z_])([Cc]osts?|[Pp]rices?|[Cc]oins|[Bb]udget|[Uu]nits|[Ee]arnings?|[Rr]evenue)$/';
const moneyOperand = `:matches(Identifier[name=${money}], MemberExpression[property.name=${money}])`;
const useMoney =
  'Money is whole units of 10⁻⁸ coin, of which products and quotients are no longer exact: use libs/shared-core/src/money.';

/** Products and quotients of money become floating-point numbers; sums and differences of whole units stay exact. */
export const moneyArithmetic = [
  `BinaryExpression[operator=/^([*/%]|[*][*])$/] > ${moneyOperand}`,
  `AssignmentExpression[operator=/^([*/%]|[*][*])=$/] > ${moneyOperand}`,
  `CallExpression[callee.object.name='Math'][callee.property.name=/^(round|floor|ceil|trunc)$/] ${moneyOperand}`,
  `CallExpression[callee.property.name=/^(toFixed|toPrecision)$/] > MemberExpression > ${moneyOperand}.object`,
  `CallExpression[callee.name='parseFloat'] ${moneyOperand}`,
].map((selector) => ({ selector, message: useMoney }));

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
