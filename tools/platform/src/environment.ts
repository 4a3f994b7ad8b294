import { processEnvironment } from '@aitbc/shared-core';

/** What a child process inherits: enough to run, and none of the platform's own settings of the caller's shell. */
export function inheritedEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The caller's environment and `.env`, for processes that the operator configures by them. What is empty is not set. */
export function operatorEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(processEnvironment()).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
