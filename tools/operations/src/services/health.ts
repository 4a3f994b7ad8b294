import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout, ServiceName } from '../layout';
import type { ServiceManager } from './service-manager';
import { urlOf } from './service-url';
import { environmentOf, readUnit } from './unit-file';

/** What a release must be like to stay. */
export interface HealthDemand {
  /** The version that `/health` must tell. */
  readonly version: string;
  readonly timeoutMs: number;
  /** How long it must stay ready without a restart, to have more than begun. */
  readonly settleMs: number;
}

const LOOK_MS = 200;
const REQUEST_MS = 2_500;

/** `http://host:port` of a service, as it is configured; `undefined` of the miner, which nobody asks. */
export function serviceUrl(layout: Layout, service: ServiceName): string | undefined {
  return service === 'miner' ? undefined : urlOf(service, environmentOf(layout, readUnit(layout, service)));
}

/**
 * Waits until a service is ready, tells the version, and has stayed so for a time.
 * @returns `undefined`, or why it is not
 */
export async function troubleOf(
  { layout, manager }: { readonly layout: Layout; readonly manager: ServiceManager },
  service: ServiceName,
  demand: HealthDemand,
): Promise<string | undefined> {
  const end = Date.now() + demand.timeoutMs;
  const { restarts } = await manager.state(service);
  let readySince: number | undefined;
  let trouble: string | undefined = 'it was not asked';
  while (Date.now() < end) {
    const state = await manager.state(service);
    const isOver = ['failed', 'waiting'].includes(state.state) || state.restarts > restarts;
    if (isOver) return `it ${state.detail ?? 'has failed'}`;
    trouble =
      state.state === 'running' ? await unready(serviceUrl(layout, service), demand.version) : `it is ${state.state}`;
    readySince = trouble === undefined ? (readySince ?? Date.now()) : undefined;
    if (readySince !== undefined && Date.now() - readySince >= demand.settleMs) return undefined;
    await sleep(LOOK_MS);
  }
  return `it was not ready within ${demand.timeoutMs / 1_000} s: ${trouble ?? 'it did not stay ready'}`;
}

/** @returns why it cannot serve now */
async function unready(url: string | undefined, version: string): Promise<string | undefined> {
  if (url === undefined) return undefined;
  try {
    const ready = await ask(`${url}/ready`);
    if (ready.status !== 200) return `/ready answers ${ready.status}`;
    const health = await ask(`${url}/health`);
    const told = (JSON.parse(health.text) as { version?: string }).version;
    return told === version ? undefined : `version ${told} answers at ${url}, not ${version}`;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return `${url} does not answer (${cause?.code ?? (error as Error).message})`;
  }
}

async function ask(url: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS), headers: { Connection: 'close' } });
  return { status: answer.status, text: await answer.text() };
}
