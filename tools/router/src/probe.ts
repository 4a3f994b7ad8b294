import { AGENT_PREFIX } from './nginx/variables';

/** What a server said when it was asked how it is. */
export interface Probe {
  /** `undefined` when it does not answer. */
  readonly status: number | undefined;
  /** Why it does not answer, or what it says is wrong. */
  readonly trouble: string | undefined;
  readonly ms: number;
  readonly headers: Headers;
  readonly body: string;
}

const TIMEOUT_MS = 2_000;

/** Asks a server of the platform. */
export async function probe(address: string, path: string): Promise<Probe> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(`http://${reachable(address)}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = await response.text();
    const trouble = response.ok ? undefined : detailIn(body);
    return { status: response.status, trouble, ms: took(), headers: response.headers, body };
  } catch (error) {
    return { status: undefined, trouble: reasonOf(error), ms: took(), headers: new Headers(), body: '' };
  }
}

/**
 * Why agents cannot be served there, if they cannot: it must be ready, and know the agent context well enough to ask a
 * stranger for a key.
 */
export async function whyNoAgents(address: string): Promise<string | undefined> {
  const [ready, stranger] = await Promise.all([probe(address, '/ready'), probe(address, `${AGENT_PREFIX}agents`)]);
  if (ready.status !== 200) return `/ready: ${sentence(ready)}`;
  if (stranger.status !== 401) return `${AGENT_PREFIX}agents without a key: ${sentence(stranger)}, not 401`;
  return undefined;
}

/** As people read it. */
export function sentence({ status, trouble }: Probe): string {
  return [status, trouble].filter((part) => part !== undefined && part !== '').join(' ');
}

/** What listens everywhere is asked on this machine. */
function reachable(address: string): string {
  const port = address.split(':').at(-1) ?? '';
  if (/^\d+$/.test(address)) return `127.0.0.1:${port}`;
  return address.replace(/^(?:\*|0\.0\.0\.0|\[::\]):/, '127.0.0.1:');
}

function detailIn(body: string): string {
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === 'string' ? detail : '';
  } catch {
    return '';
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { code?: string } };
  return cause?.code ?? message ?? String(error);
}
