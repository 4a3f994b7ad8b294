import { VariableSpecs } from './variable';

export interface ConfigurationSection {
  readonly title: string;
  readonly specs: VariableSpecs;
  /** Words for defaults that depend on the machine (`MINER_ID: 'host name'`), by variable. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** Markdown tables of all variables, which is what `docs/configuration.md` consists of. */
export function renderConfigurationTable(sections: readonly ConfigurationSection[]): string {
  return sections.map(renderSection).join('\n\n') + '\n';
}

function renderSection({ title, specs, defaults }: ConfigurationSection): string {
  const rows = Object.entries(specs).map(
    ([name, spec]) => `| \`${name}\` | ${defaults?.[name] ?? defaultOf(spec)} | ${cell(spec.desc ?? '')} |`,
  );
  return [`## ${title}`, '', '| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf(spec: VariableSpecs[string]): string {
  if (!('default' in spec)) return 'required';
  const { default: value } = spec;
  if (value === undefined) return '–';
  return `\`${cell(typeof value === 'string' ? value : JSON.stringify(value))}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
