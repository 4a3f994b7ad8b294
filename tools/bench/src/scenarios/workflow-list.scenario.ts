import type { LoadRequest } from '../load/http-load';
import { warmLoad } from '../load/warm-load';
import type { Bench, Prepared, Scenario } from '../scenario';
import { type Platform, startPlatform } from '../service/platform';
import { seedWorkflows } from './seed';
import { createWorkflow, THREE_STEPS, WORKFLOWS } from './workflows';

const CLIENTS = 4;
const BAR = { atMost: 25 };

/**
 * Pages of 50 whole workflows out of a large table, of which the client sees half as its own and a tenth as public ones
 * of others. The first page stays in memory; all pages together are more than the service keeps.
 */
export const workflowList: Scenario = {
  name: 'workflow-list',
  figures: [
    { key: 'first-p99', what: `first page, 99th percentile at ${CLIENTS} clients`, unit: 'ms', bar: BAR },
    { key: 'first-rate', what: '… pages', unit: 'a second' },
    { key: 'all-p99', what: `all pages in turn, 99th percentile at ${CLIENTS} clients`, unit: 'ms', bar: BAR },
    { key: 'all-rate', what: '… pages', unit: 'a second' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const template = await createWorkflow(platform, THREE_STEPS);
    await seedWorkflows(platform.databaseFile, template, bench.scale.workflows);
    const pages = await walk(platform);
    const visible = 0.6 * bench.scale.workflows + 1;
    if (pages.items !== visible) throw new Error(`the pages hold ${pages.items} workflows, not ${visible}`);
    const load = { url: platform.url, key: platform.key, connections: CLIENTS };
    return {
      async measure() {
        const first = await warmLoad(bench.scale, { ...load, requests: pages.requests.slice(0, 1) });
        const all = await warmLoad(bench.scale, { ...load, requests: pages.requests });
        return { 'first-p99': first.p99, 'first-rate': first.rate, 'all-p99': all.p99, 'all-rate': all.rate };
      },
      close: () => platform.close(),
    };
  },
};

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next_cursor: string | null;
}

/** Every page from the first to the last, and how many workflows they hold; none twice. */
async function walk({ client }: Platform): Promise<{ requests: LoadRequest[]; items: number }> {
  const requests: LoadRequest[] = [];
  const seen = new Set<string>();
  let cursor: string | null = '';
  let items = 0;
  while (cursor !== null) {
    const path: string = cursor === '' ? WORKFLOWS : `${WORKFLOWS}?cursor=${cursor}`;
    const { text } = await client.send('GET', path);
    const page = JSON.parse(text) as Page;
    for (const { id } of page.items) seen.add(id);
    items += page.items.length;
    if (seen.size !== items) throw new Error(`${path} repeats workflows of pages before`);
    requests.push({ path, isRight: sameAs(text) });
    cursor = page.next_cursor;
  }
  return { requests, items };
}

/** Beginning and length are compared: all 1,200 pages in full would be too much to keep in memory. */
function sameAs(text: string): LoadRequest['isRight'] {
  const begin = Buffer.from(text.slice(0, 100)).toString(); // a copy: a slice would keep the whole page
  const { length } = text;
  return (status, body) => status === 200 && body.length === length && body.startsWith(begin);
}
