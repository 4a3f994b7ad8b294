import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AnswerLog } from './cutover/answer-log';
import { loadKeys } from './cutover/load-keys';
import { AGENT_COUNTERS } from './load/counters';
import { Counting } from './load/counting';
import { Ledger } from './load/ledger';
import { LoadClient, RequestFailed } from './load/load-client';
import { Pace } from './load/pace';
import { FixedRoute } from './load/route';
import { builtReleaseNamed } from './releases/build-release';
import { requireNginx } from './routing/nginx-process';
import { inRouterFolder } from './routing/router-folder';
import { RoutedServices, SERVICE } from './routing/routed-services';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const RELEASE = 'monolith';
const CLIENTS = 20;
const PER_SECOND = 200;
/** Longer than any answer of the old side may be on its way. */
const SETTLED_MS = 1_500;

/** What is measured, in milliseconds. */
interface Measured {
  /** From the command that returns to the release, or goes forward from it, to the last answer of the old side. */
  readonly rollback: number;
  readonly change: number;
  /** Medians of a read by id at 200 requests a second: directly at the service's way, and through the coordinator. */
  readonly wayA: number;
  readonly wayB: number;
}

/** `node measure-ways.js --seconds N`: measures the ways once, and prints the figures as JSON. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } });
  requireNginx();
  const release = await builtReleaseNamed(ROOT, RELEASE);
  const measured = await inRouterFolder(async (folder) => {
    const routed = { root: ROOT, folder, release, onLine: () => undefined };
    const services = await RoutedServices.start({ ...routed, variables: { RATE_LIMIT_PER_SECOND: '0' } });
    try {
      return await measure(services, Number(values.seconds) * 1_000);
    } finally {
      await services.stop();
    }
  });
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}

async function measure(services: RoutedServices, durationMs: number): Promise<Measured> {
  const log = new AnswerLog();
  const load = await readers(services, log);
  try {
    await sleep(durationMs / 2); // Compiled and cached from here on.
    const rollback = await untilLastAnswer(services, log, { change: `agents=${RELEASE}`, old: SERVICE });
    const change = await untilLastAnswer(services, log, { change: 'agents=service', old: RELEASE });
    const times: Record<'service' | 'proxy', number[]> = { service: [], proxy: [] };
    // In turn, so that a slow moment of the machine falls on both.
    for (const way of ['service', 'proxy', 'proxy', 'service'] as const) {
      await services.router.route(`agents=${way}`);
      await sleep(SETTLED_MS);
      const began = performance.now();
      await sleep(durationMs / 2);
      times[way].push(...log.timesSince(began));
    }
    return { rollback, change, wayA: median(times.service), wayB: median(times.proxy) };
  } finally {
    await load.stop();
  }
}

/** Milliseconds from the start of the command to the last answer by the side that was left. */
async function untilLastAnswer(
  { router }: RoutedServices,
  log: AnswerLog,
  { change, old }: { readonly change: string; readonly old: string },
): Promise<number> {
  const began = performance.now();
  await router.route(change);
  await sleep(SETTLED_MS);
  if (log.last(old) >= performance.now() - SETTLED_MS / 3) throw new Error(`${old} still answers after ${change}`);
  return Math.max(0, log.last(old) - began);
}

/** Clients that read agents of their own at a steady pace. */
async function readers(services: RoutedServices, log: AnswerLog): Promise<{ stop(): Promise<void> }> {
  const agents = new Counting(AGENT_COUNTERS, new Ledger());
  const keys = await loadKeys(services.admin, CLIENTS);
  let over = false;
  const read = async (key: string): Promise<void> => {
    const pace = new Pace(PER_SECOND / CLIENTS);
    const client = new LoadClient(new FixedRoute(services.urls.router), key, log, () => pace.turn());
    const path = await agents.create(client);
    while (!over) await agents.read(client, path);
    client.close();
  };
  const reading = Promise.all(keys.map(read));
  // It is awaited in the end; a failure before is one of the measurement.
  reading.catch(() => undefined);
  return {
    async stop() {
      over = true;
      await reading;
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

main().catch((error: unknown) => {
  const what = error instanceof RequestFailed ? 'a request failed: ' : '';
  process.stderr.write(`${what}${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
