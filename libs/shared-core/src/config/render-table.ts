import { VariableSpecs } from './variable';

export interface ConfigurationSection {
  readonly title: string;
  readonly specs: VariableSpecs;
}

/** Markdown tables of all variables, which is what `docs/configuration.md` consists of. */
export function renderConfigurationTable(sections: readonly ConfigurationSection[]): string {
  return sections.map(renderSection).join('\n\n') + '\n';
}

function renderSection({ title, specs }: ConfigurationSection): string {
  const rows = Object.entries(specs).map(
    ([name, spec]) => `| \`${name}\` | ${defaultOf(spec)} | ${cell(spec.desc ?? '')} |`,
  );
  return [`## ${title}`, '', '| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf(spec: VariableSpecs[string]): string {
  if (!('default' in spec)) return 'required';
  return spec.default === undefined ? '–' : `\`${cell(String(spec.default))}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
