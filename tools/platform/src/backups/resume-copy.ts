import { verifyReceipt, type ShownReceipt } from '@aitbc/receipts';
import { openDatabase } from '@aitbc/shared-core';
import { Api, type ServiceUrls } from '../api';
import { unlessAborted } from '../interruption';
import { endOf, EXECUTIONS } from '../load/execution-end';
import { LoadClient } from '../load/load-client';
import { FixedRoute } from '../load/route';
import { Tally } from '../load/tally';
import { OutageServices } from '../outage/outage-services';
import type { PlatformKeys } from '../keys';
import type { BuiltInstallation } from './built-installation';

export interface RestoredCopy {
  readonly installation: BuiltInstallation;
  readonly databaseUrl: string;
  /** Folder of the built workspace. */
  readonly dist: string;
  /** Of the installation that was backed up: a copy knows them too. */
  readonly keys: PlatformKeys;
  readonly onLine: (app: string, line: string) => void;
  /** Fires when somebody asks for the end. */
  readonly signal: AbortSignal;
}

export interface ResumedCopy {
  /** Executions that were unfinished in it. */
  readonly unfinished: number;
  readonly faults: readonly string[];
}

const UNFINISHED = `SELECT id FROM agent_executions WHERE status NOT IN ('completed', 'failed', 'cancelled') ORDER BY id`;

/** A job whose miner is gone is given to another one when its lease is over: the lease that it had when it was backed up. */
export const VARIABLES = { JOB_LEASE_SECONDS: '5' };

/** Starts services and a miner on a restored copy, and follows each unfinished execution to its end and its receipt. */
export async function resumeCopy(copy: RestoredCopy): Promise<ResumedCopy> {
  const { installation, databaseUrl, dist, keys, onLine, signal } = copy;
  const unfinished = await unfinishedIn(databaseUrl);
  const services = await OutageServices.start({
    ...{ dist, databaseUrl, onLine, variables: VARIABLES },
    folder: installation.state,
  });
  try {
    signal.throwIfAborted();
    services.startMiner(keys.miner);
    const faults = await unlessAborted(signal, faultsOfEnds(services.urls, keys.client, unfinished));
    return { unfinished: unfinished.length, faults };
  } finally {
    await services.stop();
  }
}

async function faultsOfEnds(urls: ServiceUrls, key: string, ids: readonly string[]): Promise<string[]> {
  const client = new LoadClient(new FixedRoute(urls.agents), key, new Tally());
  const jwks = await new Api(urls, key).get('/.well-known/jwks.json');
  const faults: string[] = [];
  for (const id of ids) {
    const { fault } = await endOf(client, id);
    const found = fault ?? (await faultOfReceipt(client, id, jwks));
    if (found !== undefined) faults.push(found);
  }
  client.close();
  return faults;
}

async function unfinishedIn(url: string): Promise<string[]> {
  const database = await openDatabase({ url, entities: [], migrations: [] });
  try {
    const rows = await database.readSql((sql) => sql.query<{ id: string }>(UNFINISHED));
    return rows.map(({ id }) => id);
  } finally {
    await database.close();
  }
}

/** With nothing but the receipt and the keys that the copy publishes. */
async function faultOfReceipt(client: LoadClient, id: string, jwks: unknown): Promise<string | undefined> {
  const { body } = await client.send({ method: 'GET', path: `${EXECUTIONS}/${id}/receipt`, expected: [200] });
  const receipt = body as ShownReceipt & { readonly steps: readonly { readonly status: string }[] };
  const failed = verifyReceipt(receipt, jwks).checks.find(({ ok }) => !ok);
  if (failed) return `the receipt of ${id}: ${failed.name}: ${failed.detail}`;
  const undone = receipt.steps.find(({ status }) => status !== 'completed');
  return undone === undefined ? undefined : `${id} is completed with a step that ${undone.status}`;
}
