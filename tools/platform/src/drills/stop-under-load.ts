import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '../child-app';
import type { PlatformKeys } from '../keys';
import { COUNTERS } from '../load/counters';
import { Counting } from '../load/counting';
import { Ledger } from '../load/ledger';
import { LoadClient } from '../load/load-client';
import { workOnOwn } from '../load/own-work';
import { FixedRoute, type Route } from '../load/route';
import { Tally } from '../load/tally';
import type { DrilledProcess } from './drilled-service';

const CLIENTS = 24;
const LOOK_MS = 20;

export interface StopOptions {
  /** What it is a process of. */
  readonly service: ServiceName;
  /** The process that is stopped under load. */
  readonly leaving: DrilledProcess;
  /** Takes over; it is up already. */
  readonly replacement: DrilledProcess;
  readonly keys: PlatformKeys;
  /** How one client finds a process. */
  readonly route: () => Route;
  /** Answers before the signal, and again after the process has ended. */
  readonly answers: number;
  /** `SIGTERM` by default. */
  readonly signal?: NodeJS.Signals;
  readonly onPhase?: (phase: string, tally: Tally) => void;
}

/** What came of one stop. */
export interface StopReport {
  readonly tally: Tally;
  readonly acknowledgedWrites: number;
  /** One sentence for each acknowledged write that is not there. */
  readonly lostWrites: readonly string[];
  /** Exit code of the process that was stopped. */
  readonly exitCode: string;
  /** Milliseconds from the signal to its end. */
  readonly stopMs: number;
  readonly answeredByLeaving: number;
  readonly answeredByReplacement: number;
}

/**
 * Sends SIGTERM to a process under load. Clients with keep-alive connections create, read and update counters of their
 * own, and never send a request twice; in the end each acknowledged write is looked for.
 */
export async function stopUnderLoad(options: StopOptions): Promise<StopReport> {
  const { service, leaving, replacement, answers, signal = 'SIGTERM', onPhase } = options;
  const { kinds: counted, caller } = COUNTERS[service];
  const key = options.keys[caller];
  const tally = new Tally();
  const ledger = new Ledger();
  const kinds = counted.map((kind) => ({ kind, counting: new Counting(kind, ledger, false) }));
  const clients = Array.from({ length: CLIENTS }, () => new LoadClient(options.route(), key, tally));
  let over = false;
  const work = Promise.all(
    clients.map(async (client, index) => {
      const { counting } = kinds[index % kinds.length] ?? {};
      if (counting) await workOnOwn(client, counting, () => !over);
    }),
  );

  onPhase?.('load', tally);
  await reached(tally, answers);
  onPhase?.(signal, tally);
  const began = performance.now();
  leaving.process.signal(signal);
  const exitCode = await leaving.process.ended;
  const stopMs = Math.round(performance.now() - began);
  onPhase?.('ended', tally);
  await reached(tally, tally.answered + answers);
  over = true;
  await work;
  clients.forEach((client) => client.close());

  const reader = new LoadClient(new FixedRoute(replacement.url), key, new Tally());
  const countAt = (path: string) =>
    kinds.find(({ kind }) => path.startsWith(kind.collection))?.counting.count(reader, path);
  const lostWrites = await ledger.discrepancies(async (path) => countAt(path));
  reader.close();
  onPhase?.('checked', tally);
  return {
    tally,
    acknowledgedWrites: ledger.writes,
    lostWrites,
    exitCode,
    stopMs,
    answeredByLeaving: tally.answeredBy(leaving.server),
    answeredByReplacement: tally.answeredBy(replacement.server),
  };
}

/** Failures count too, so that a load that only fails comes to an end. */
async function reached(tally: Tally, answers: number): Promise<void> {
  while (tally.answered + tally.failures.length < answers) await delay(LOOK_MS);
}
