import { BadJobRequest } from '../executors/executor';

/** What placeholders stand for; `undefined` and absent are the same. */
export type TemplateValues = Readonly<Record<string, string | undefined>>;

const PLACEHOLDER = /\{\{([a-z][a-z0-9_]*)\}\}/g;

/** Names of the placeholders in a text, each once. */
export function placeholdersOf(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => String(match[1])))];
}

/** @throws BadJobRequest when a value is missing or holds a NUL, which no argument can carry. */
export function fillIn(template: string, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new BadJobRequest(`/${name} is needed for this job`);
    if (value.includes('\0')) throw new BadJobRequest(`/${name} must not hold a NUL character`);
    return value;
  });
}

/**
 * The arguments of one run. A placeholder fills one argument or a part of one, whatever its value holds: there is no
 * shell to split it. An argument list inside the list is left out when one of its values was not given.
 * @throws BadJobRequest when a value would turn an argument into an option, as `-exec` would.
 */
export function fillInArguments(templates: readonly (string | readonly string[])[], values: TemplateValues): string[] {
  return templates.flatMap((template) => {
    if (typeof template === 'string') return [fillInArgument(template, values)];
    const complete = template.flatMap(placeholdersOf).every((name) => values[name] !== undefined);
    return complete ? template.map((part) => fillInArgument(part, values)) : [];
  });
}

function fillInArgument(template: string, values: TemplateValues): string {
  const argument = fillIn(template, values);
  if (argument.startsWith('-') && !template.startsWith('-')) {
    throw new BadJobRequest(`/${placeholdersOf(template).join(', /')} must not begin with '-'`);
  }
  return argument;
}
