import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repeat } from '../load/clients';
import { httpLoad, type LoadRequest } from '../load/http-load';
import type { Bench, Figure, Prepared, Scenario } from '../scenario';
import { type Platform, startPlatform } from '../service/platform';
import { percentile } from '../statistics';
import { begin, EXECUTIONS, runToEnd } from './execute';
import { copyId, seedExecutions } from './seed';
import { createWorkflow, THREE_STEPS, threeStepsResult } from './workflows';

const SHORT = 1_000;
const CLIENTS = 4;
/** Executions of the history that clients of the status rows ask for in turn. */
const READ = 200;
/** Pages that are read one after another from the newest on. */
const PAGES = 5;

type Measured = 'claim' | 'status' | 'list';

const WHAT: Readonly<Record<Measured, string>> = {
  claim: 'from a start to its first event, 1 client, 99th percentile',
  status: `GET of a status, ${CLIENTS} clients, 99th percentile`,
  list: `GET of a page, ${CLIENTS} clients, 99th percentile`,
};

/** What a long history costs: the same is measured with a short one and a long one, each on a process of its own. */
export const history: Scenario = {
  name: 'history',
  figures: (['claim', 'status', 'list'] as const).flatMap((key): Figure[] => [
    { key: `${key}-short`, what: `${WHAT[key]}, 10³ executions`, unit: 'ms' },
    { key: `${key}-long`, what: '… 10⁶ executions', unit: 'ms' },
    { key: `${key}-growth`, what: '… how many times as long', unit: '×', bar: { atMost: 1.5 } },
  ]),
  prepare(bench: Bench): Promise<Prepared> {
    return Promise.resolve({
      async measure() {
        const short = await measureWith(bench, SHORT);
        const long = await measureWith(bench, bench.scale.history);
        return {
          ...named(short, 'short'),
          ...named(long, 'long'),
          'claim-growth': long.claim / short.claim,
          'status-growth': long.status / short.status,
          'list-growth': long.list / short.list,
        };
      },
      close: () => Promise.resolve(),
    });
  },
};

function named(times: Record<Measured, number>, suffix: string): Record<string, number> {
  return Object.fromEntries(Object.entries(times).map(([key, value]) => [`${key}-${suffix}`, value]));
}

async function measureWith(bench: Bench, count: number): Promise<Record<Measured, number>> {
  const folder = join(bench.folder, String(count));
  mkdirSync(folder);
  const platform = await startPlatform({ ...bench, folder });
  try {
    const workflowId = await createWorkflow(platform, THREE_STEPS);
    const template = await runToEnd(platform.client, { workflowId, inputs: { n: 1 }, result: threeStepsResult(1) });
    await seedExecutions(platform.databaseFile, template, count);
    return {
      claim: await claimTime(bench, platform, workflowId),
      status: await loadTime(bench, platform, statusRequests(template, count)),
      list: await loadTime(bench, platform, await listRequests(platform, workflowId)),
    };
  } finally {
    await platform.close();
  }
}

/** The wait ends with the first commit of the worker that has claimed the execution. */
async function claimTime({ scale }: Bench, { client }: Platform, workflowId: string): Promise<number> {
  const times: number[] = [];
  const startOne = async () => {
    const startedAt = performance.now();
    const id = await begin(client, { workflowId, inputs: { n: 2 } });
    const { event_seq } = await client.get<{ event_seq: number }>(`${EXECUTIONS}/${id}/status?wait=30&since=0`);
    times.push(performance.now() - startedAt);
    if (event_seq === 0) throw new Error(`execution ${id} was not claimed within 30 s`);
  };
  await repeat(1, scale.warmUpMs, startOne);
  times.length = 0;
  await repeat(1, scale.durationMs, startOne);
  return percentile(times, 99);
}

async function loadTime({ scale }: Bench, { url, key }: Platform, requests: LoadRequest[]): Promise<number> {
  const load = { url, key, connections: CLIENTS, requests };
  await httpLoad({ ...load, durationMs: scale.warmUpMs });
  return (await httpLoad({ ...load, durationMs: scale.durationMs })).p99;
}

/** Of the client's own executions, spread over the whole history. */
function statusRequests(template: string, count: number): LoadRequest[] {
  return Array.from({ length: READ }, (_, index) => {
    const id = copyId(template, 2 * (1 + Math.floor((index * (count / 2 - 1)) / READ)));
    const isRight = (status: number, body: string) =>
      status === 200 && body.includes(`"id":"${id}"`) && body.includes('"status":"completed"');
    return { path: `${EXECUTIONS}/${id}/status`, isRight };
  });
}

/** The newest pages of all, of those with a status, and of those of a workflow. */
async function listRequests({ client }: Platform, workflowId: string): Promise<LoadRequest[]> {
  const requests: LoadRequest[] = [];
  for (const filter of ['', '&status=completed', `&workflow_id=${workflowId}`]) {
    let path = `${EXECUTIONS}?limit=50${filter}`;
    for (let page = 0; page < PAGES; page++) {
      const { text } = await client.send('GET', path);
      const { items, next_cursor } = JSON.parse(text) as { items: unknown[]; next_cursor: string | null };
      if (items.length !== 50 || next_cursor === null) throw new Error(`${path} is no full page`);
      requests.push({ path, isRight: (status: number, body: string) => status === 200 && body === text });
      path = `${EXECUTIONS}?limit=50${filter}&cursor=${next_cursor}`;
    }
  }
  return requests;
}
