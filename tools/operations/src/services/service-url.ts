import type { Variables } from '../environment-file';
import type { ServiceName } from '../layout';

/** Services that answer, and where they listen unless they are told otherwise. Nobody asks the miner. */
const DEFAULT_PORTS = { 'coordinator-api': '8011', 'agent-management': '8012', monolith: '8010' } as const;

export type AnsweringService = Exclude<ServiceName, 'miner'>;

export const ANSWERING_SERVICES = Object.keys(DEFAULT_PORTS) as readonly AnsweringService[];

/** `http://host:port` at which a service is asked on its own machine. */
export function urlOf(service: AnsweringService, variables: Variables): string {
  const bound = variables['HOST'] || '127.0.0.1';
  const host = bound === '0.0.0.0' ? '127.0.0.1' : bound === '::' ? '::1' : bound;
  return `http://${host.includes(':') ? `[${host}]` : host}:${variables['PORT'] || DEFAULT_PORTS[service]}`;
}
