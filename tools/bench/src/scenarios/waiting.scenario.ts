import { setTimeout as sleep } from 'node:timers/promises';
import { times } from '../load/clients';
import { CONNECTIONS } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { type Platform, startPlatform } from '../service/platform';
import { cpuSeconds, residentMiB } from '../service/metrics';
import { begin, EXECUTIONS, untilCompleted } from './execute';
import { createWorkflow } from './workflows';

/** Time in which what the starts leave behind is done with, at most as long as a measurement. */
const SETTLE_MS = 3_000;
/** A timer's workflow names its instant: executions of one workflow become due together. */
const TIMER_STEP_MS = 250;
const LATE = { atMost: 1_000 };

/** Executions that nothing can be done for: half of them wait for an instant, half for a signal. */
export const waiting: Scenario = {
  name: 'waiting',
  figures: [
    { key: 'rss', what: 'resident memory with 10,000 waiting executions', unit: 'MiB', bar: { atMost: 220 } },
    { key: 'cpu', what: '… CPU while nothing is due', unit: '% of a core', bar: { atMost: 2 } },
    { key: 'timer-late', what: '… the latest after its time, of 5,000 in 60 s', unit: 'ms', bar: LATE },
    { key: 'signal-late', what: '… the latest after its signal, of 5,000 in the same 60 s', unit: 'ms', bar: LATE },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    return { measure: () => measure(bench, platform), close: () => platform.close() };
  },
};

async function measure({ scale }: Bench, platform: Platform): Promise<Record<string, number>> {
  const half = scale.waiting.executions / 2;
  const idleMs = scale.durationMs;
  const settleMs = Math.min(SETTLE_MS, idleMs);
  const startedAt = Date.now();
  const signalled = await startMany(platform, half, [await createWorkflow(platform, waitFor({ signal: 'go' }))]);
  // The others should not take longer than these; what they wait for is far enough away even when they take twice as long.
  const firstAt = Date.now() + 2 * (Date.now() - startedAt) + 2 * SETTLE_MS + idleMs;
  const { timers, lastAt } = await startTimers(platform, half, firstAt, scale.waiting.spreadMs);
  await sleep(settleMs);
  const { rss, cpu } = await idle(platform, idleMs);
  if (Date.now() >= firstAt)
    throw new Error('timers ran out while the idle system was measured: the machine is too slow');
  await until(firstAt);
  const signalLate = await sendSignals(platform, signalled, scale.waiting.spreadMs);
  await until(lastAt);
  return { rss, cpu, 'signal-late': signalLate, 'timer-late': await latest(platform, timers) };
}

async function idle(platform: Platform, durationMs: number): Promise<{ rss: number; cpu: number }> {
  const rss = await residentMiB(platform);
  const [before, began] = [await cpuSeconds(platform), performance.now()];
  await sleep(durationMs);
  const used = (await cpuSeconds(platform)) - before;
  return { rss, cpu: (100_000 * used) / (performance.now() - began) };
}

/** `count` executions of the workflows in turn; their ids. */
async function startMany({ client }: Platform, count: number, workflowIds: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  await times(count, CONNECTIONS, async (index) => {
    const workflowId = workflowIds[index % workflowIds.length] ?? '';
    ids[index] = await begin(client, { workflowId, inputs: {} });
  });
  return ids;
}

interface Timer {
  readonly id: string;
  readonly dueAt: number;
}

/** `count` executions whose times are spread evenly over `spreadMs` from `firstAt` on. */
async function startTimers(platform: Platform, count: number, firstAt: number, spreadMs: number) {
  const instants = Array.from({ length: Math.ceil(spreadMs / TIMER_STEP_MS) }, (_, n) => firstAt + n * TIMER_STEP_MS);
  const workflowIds: string[] = [];
  for (const at of instants) {
    workflowIds.push(await createWorkflow(platform, waitFor({ until: new Date(at).toISOString() })));
  }
  const ids = await startMany(platform, count, workflowIds);
  const timers = ids.map((id, index): Timer => ({ id, dueAt: instants[index % instants.length] ?? firstAt }));
  return { timers, lastAt: Math.max(...instants) };
}

/** Signals evenly over the time; milliseconds from the request to the answer that says completed, of the slowest. */
async function sendSignals({ client }: Platform, ids: readonly string[], spreadMs: number): Promise<number> {
  let slowest = 0;
  const began = Date.now();
  const one = async (id: string, index: number) => {
    await until(began + (index * spreadMs) / ids.length);
    const sentAt = performance.now();
    await client.post(`${EXECUTIONS}/${id}/signals/go`, { data: { index } });
    await untilCompleted(client, id, { wait: { index } });
    slowest = Math.max(slowest, performance.now() - sentAt);
  };
  await Promise.all(ids.map(one));
  return slowest;
}

/** Milliseconds from its time to its end, of the latest, by the times that are stored with the executions. */
async function latest({ client }: Platform, timers: readonly Timer[]): Promise<number> {
  let late = 0;
  await times(timers.length, CONNECTIONS, async (index) => {
    const timer = timers[index];
    if (!timer) return;
    const { completed_at } = await untilCompleted(client, timer.id, { wait: null });
    const lateMs = Date.parse(completed_at ?? '') - timer.dueAt;
    if (!(lateMs >= 0)) throw new Error(`execution ${timer.id} went on ${-lateMs} ms before its time`);
    late = Math.max(late, lateMs);
  });
  return late;
}

async function until(instant: number): Promise<void> {
  await sleep(Math.max(0, instant - Date.now()));
}

function waitFor(what: { signal: string } | { until: string }): object {
  const step = { name: 'Wait', step_type: 'data_processing', config: { wait_for: what } };
  return { name: 'Waits', steps: { wait: step }, dependencies: {} };
}
