import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(__dirname, '..', '..', '..', '..', '..', '..');
export const DEPLOYED = join(ROOT, 'deploy');
export const RULES = join(DEPLOYED, 'prometheus', 'aitbc.rules.yml');

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[];
}

/** The names of all alerts. */
export function alertNames(): string[] {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as RuleFile;
  return groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
}
