import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API } from '../../../api';
import { createWorkflow, finalState, inParallel } from '../../../testing/executions';
import { HANGING_PROMPT } from './outside-world';
import type { Raised } from './raised';
import { SqliteLock } from './sqlite-lock';
import { type WatchedPlatform, WORKER_ROOM } from './watched-platform';
import { asking, executions, FAILING, IMPOSSIBLE_JOB, webhook } from './work';

const AGENTS = { job: 'agent-management' };
const HOUR_MS = 3_600_000;
/** Above what the rules take for a coincidence. */
const FAILURES = 60;
const LEASES = 12;
/** Most of each second, for which a process gets no processor. */
const STOPPED_MS = 850;
const RUNNING_MS = 150;
const SUBMIT_EVERY_MS = 250;

/** What can go wrong while the platform serves, each with the alert that it raises; those of one function come in turn. */
export function besideEachOther(platform: WatchedPlatform, raised: Raised): Promise<unknown> {
  return Promise.all([
    workGoesWrong(platform, raised),
    jobsThatNobodyCanDo(platform, raised),
    theWaysBreak(platform, raised),
    theStrangerSuffers(platform, raised),
    backupsFail(platform, raised),
  ]);
}

async function workGoesWrong(platform: WatchedPlatform, raised: Raised): Promise<void> {
  const { client, outside } = { ...platform.callers, outside: platform.outside };
  await raised.by('AitbcUnpricedAttempts', { reason: 'no_price' }, async () => {
    const ids = await executions(client, asking('hello'), 2);
    await inParallel(ids, 2, (id) => finalState(client, id));
  });
  await webhook(client, `${outside.url}/failing`);
  await webhook(client, `${outside.url}/hanging`);
  await Promise.all([
    raised.by('AitbcExecutionsFailing', {}, () => executions(client, FAILING, FAILURES)),
    raised.by('AitbcWebhooksDying', {}, () => undefined),
  ]);
  const { second } = platform;
  await raised.by('AitbcLeasesLost', { instance: new URL(second.url).host }, () => loseLeases(platform));
  await Promise.all([
    raised.by('AitbcWebhooksLate', {}, () => undefined),
    raised.by('AitbcExecutionsWaiting', {}, () => executions(client, asking(HANGING_PROMPT), 3 * WORKER_ROOM)),
    during(
      () => restartSecond(platform),
      () => raised.by('AitbcRestartLoop', { ...AGENTS, instance: new URL(second.url).host }, () => undefined),
    ),
  ]);
}

/** The second process starts executions, and gets no processor for longer than its leases: the first one takes them. */
async function loseLeases(platform: WatchedPlatform): Promise<void> {
  const { agents, second } = platform;
  const claims = async ({ url }: { readonly url: string }) =>
    (await platform.valuesAt(url, 'aitbc_executions_claimed_total'))[0] ?? 0;
  const ofSecond = await claims(second);
  await executions(platform.callersOfSecond.client, asking(HANGING_PROMPT), LEASES);
  // What it had no room for at that moment, the first one has taken before.
  const held = (await claims(second)) - ofSecond;
  const ofFirst = await claims(agents);
  await freezeBetweenWrites(platform);
  await waitFor(async () => (await claims(agents)) >= ofFirst + held, { everyMs: 100 });
  second.process.signal('SIGCONT');
}

/** A process that stands still in the middle of a transaction keeps the lock of SQLite from all others. */
async function freezeBetweenWrites({ second, bed }: WatchedPlatform): Promise<void> {
  const lock = new SqliteLock(bed.folder.file('coordinator.db'));
  second.process.signal('SIGSTOP');
  while (!(await lock.isFreeWithin(1_000))) {
    second.process.signal('SIGCONT');
    second.process.signal('SIGSTOP');
  }
  lock.close();
}

/** It dies again as soon as Prometheus has seen it: one that lives between two scrapes only, nobody can count. */
async function restartSecond(platform: WatchedPlatform): Promise<void> {
  const instance = new URL(platform.second.url).host;
  const startedAt = async () =>
    (await platform.prometheus.query(`process_start_time_seconds{instance="${instance}"}`))[0]?.value[1];
  const before = await startedAt();
  platform.second.process.signal('SIGKILL');
  await platform.second.process.ended;
  await platform.startSecond();
  await waitFor(async () => ![undefined, before].includes(await startedAt()), { timeoutMs: 30_000, everyMs: 100 });
}

async function jobsThatNobodyCanDo(platform: WatchedPlatform, raised: Raised): Promise<void> {
  await raised.by('AitbcJobsWaiting', {}, () => platform.callers.client.post('/api/v1/jobs', IMPOSSIBLE_JOB));
}

async function theWaysBreak(platform: WatchedPlatform, raised: Raised): Promise<void> {
  await Promise.all([
    raised.by('AitbcRouterDown', {}, () => platform.router.stop()),
    raised.by('AitbcMonolithDown', {}, () => platform.monolith.process.signal('SIGKILL')),
    raised.by('AitbcShadowDifferences', {}, async () => {
      const id = await createWorkflow(platform.callers.client, FAILING);
      platform.differs = true;
      await platform.mirror(`${AGENT_API}/workflows/${id}`);
    }),
  ]);
}

async function theStrangerSuffers(platform: WatchedPlatform, raised: Raised): Promise<void> {
  const labels = { instance: new URL(platform.stranger.url).host };
  await during(
    () => platform.stranger.client.get('/api/v1/dashboard/ecosystem').then(() => delay(100)),
    () => raised.by('AitbcAgentsUnreachable', labels, () => undefined),
  );
  const { process } = platform.stranger;
  const getsLittle = async () => {
    process.signal('SIGSTOP');
    await delay(STOPPED_MS);
    process.signal('SIGCONT');
    await delay(RUNNING_MS);
  };
  await during(getsLittle, () => raised.by('AitbcEventLoopBlocked', labels, () => undefined));
  await raised.by('AitbcServiceNotReady', labels, () => platform.stopPostgres());
}

async function backupsFail(platform: WatchedPlatform, raised: Raised): Promise<void> {
  const longAgo = new Date(Date.now() - 27 * HOUR_MS);
  const fail = () => platform.reportBackup({ succeededAt: longAgo, exitCode: 1 });
  await Promise.all([raised.by('AitbcBackupFailed', {}, fail), raised.by('AitbcBackupTooOld', {}, fail)]);
}

/** The whole service at once: agent-management is gone, the miner too, and nobody can write. */
export async function everybodySuffers(platform: WatchedPlatform, raised: Raised): Promise<void> {
  const instance = new URL(platform.agents.url).host;
  const lock = new SqliteLock(platform.bed.folder.file('coordinator.db'));
  const { client } = platform.coordinator;
  const waiting: Promise<unknown>[] = [];
  const submit = () => {
    waiting.push(client.post('/api/v1/jobs', { payload: IMPOSSIBLE_JOB.payload }).catch(() => undefined));
    return delay(SUBMIT_EVERY_MS);
  };
  try {
    await Promise.all([
      raised.by('AitbcJobsWithoutMiners', {}, () => platform.miner.process.signal('SIGKILL')),
      raised.by('AitbcServiceDown', { ...AGENTS, instance }, () => platform.agents.process.signal('SIGKILL')),
      during(submit, () =>
        Promise.all([
          raised.by('AitbcDatabaseContended', { job: 'coordinator-api' }, () => lock.take()),
          raised.by('AitbcServerErrors', { job: 'coordinator-api' }, () => undefined),
          raised.by('AitbcSlowAnswers', { job: 'coordinator-api' }, () => undefined),
        ]),
      ),
    ]);
  } finally {
    lock.close();
    await Promise.all(waiting);
  }
}

/** Does something over and over until something else is done. */
async function during(again: () => Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  const repeating = (async () => {
    while (!isOver) await again();
  })();
  try {
    await Promise.race([work(), repeating]);
  } finally {
    isOver = true;
    await repeating;
  }
}
