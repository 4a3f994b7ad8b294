import type { Fixture } from './lint-texts';

/** A fixture and the one rule that must speak; without a rule, none of those that are proved here may. */
export interface RuleCase extends Fixture {
  readonly name: string;
  readonly rule?: string;
  /** The reason within the rule, where it has several. */
  readonly messageId?: string;
  /** Words of the message, where one reason has several. */
  readonly words?: string;
}

export const boundaries = '@nx/enforce-module-boundaries';
export const paths = 'import-x/no-restricted-paths';

/** The ways to write an import, each of which must be seen. */
export function everyWay(module: string): [way: string, text: string][] {
  return [
    ['an import', importOf(module)],
    ['a type import', `import type * as other from '${module}';\nexport type { other };\n`],
    ['a re-export', `export * from '${module}';\n`],
    ['a dynamic import', `export const other = import('${module}');\n`],
    ['a require', `export const other: unknown = require('${module}');\n`],
  ];
}

export const importOf = (module: string): string => `import * as other from '${module}';\nexport { other };\n`;
