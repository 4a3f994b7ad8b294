import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { AGENT_PREFIX } from './nginx/variables';

/** What a server said when it was asked how it is. */
export interface Probe {
  /** `undefined` when it does not answer. */
  readonly status: number | undefined;
  /** Why it does not answer, or what it says is wrong. */
  readonly trouble: string | undefined;
  readonly ms: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_MS = 2_000;

/** Asks a server of the platform. By Node's plain client: loading `fetch` takes longer than all questions together. */
export async function probe(address: string, path: string): Promise<Probe> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const { status, headers, body } = await get(`http://${reachable(address)}${path}`);
    return { status, trouble: status === 200 ? undefined : detailIn(body), ms: took(), headers, body };
  } catch (error) {
    return { status: undefined, trouble: reasonOf(error), ms: took(), headers: {}, body: '' };
  }
}

async function get(url: string): Promise<Pick<Probe, 'headers' | 'body'> & { readonly status: number }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const sent = request(url, { agent: false, signal }).end();
  const [answer] = (await once(sent, 'response', { signal })) as [IncomingMessage];
  let body = '';
  for await (const part of answer.setEncoding('utf8')) body += part;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
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
  const { code, message, name } = error as { code?: string; message?: string; name?: string };
  if (name === 'AbortError' || name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1_000} s`;
  return code ?? message ?? String(error);
}
