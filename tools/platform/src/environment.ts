import { processEnvironment } from '@aitbc/shared-core';

/** What a child process inherits: enough to run, and none of the platform's own settings of the caller's shell. */
export function inheritedEnvironment(): Record<string, string> {
  return callersVariables(['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']);
}

/** The caller's variables of these names, without those that are empty or not set. */
export function callersVariables(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** The caller's environment and `.env`, for processes that the operator configures by them. What is empty is not set. */
export function operatorEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(processEnvironment()).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
