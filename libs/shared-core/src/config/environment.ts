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

/** Where systemd waits for news of a service, and where the program is looked up that brings them. */
export interface NotifyAddress {
  readonly socket: string;
  readonly searchPath: string;
}

/** `NOTIFY_SOCKET`, set by systemd, which is not in the environment any more from then on; `undefined` without systemd. */
export function takeNotifyAddress(): NotifyAddress | undefined {
  const { NOTIFY_SOCKET: socket, PATH: searchPath = '/usr/bin:/bin' } = process.env;
  delete process.env['NOTIFY_SOCKET'];
  return socket ? { socket, searchPath } : undefined;
}
