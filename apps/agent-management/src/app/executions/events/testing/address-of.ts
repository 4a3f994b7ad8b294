import { once } from 'node:events';
import type { Server } from 'node:http';

/** URL of a server on this machine, as soon as it listens. */
export async function addressOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
