import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of this process: the only place that reads `process.env`. A `.env` file in the working directory is
 * for development; what is set outside of it wins.
 */
export function processEnvironment(): Environment {
  const file = resolve('.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
