import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { toUnits } from '@aitbc/shared-core';
import { describeOnEngines, fullTests, waitFor } from '@aitbc/shared-core/testing';
import fc from 'fast-check';
import { urlOf } from './api';
import { type Books, faultsOf, type JobReceipts } from './testing/costs/audit';
import { letPromptsDecide, served, type ToldTokens } from './testing/costs/outside';
import { mine } from './testing/costs/played-miner';
import { CPU_PRICE, MINER_PRICES, MODELS, PRICES, type Scenario, scenario, workflowOf } from './testing/costs/scenario';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';

const EXECUTIONS = fullTests ? 1_000 : 60;
/** Started and watched at once. */
const AT_ONCE = 12;
const FINAL = ['completed', 'failed', 'cancelled'];
/** Shown with the tests: what went wrong once can be run again. */
const SEED = Number(process.hrtime.bigint() % 1_000_000n);

interface Progress {
  readonly status: string;
  readonly event_seq: number;
}

interface JobPage {
  readonly items: readonly { readonly job_id: string }[];
  readonly next_cursor: string | null;
}

describeOnEngines(`the costs of ${EXECUTIONS} random executions (seed ${SEED})`, (engine) => {
  const bed = new TestBed();
  let chat: ChatServer;
  let told: ToldTokens;
  let platform: LaunchedPlatform;
  const stop = new AbortController();
  let miners: Promise<unknown> = Promise.resolve();
  const ids: string[] = [];

  beforeAll(async () => {
    chat = await startChatServer(MODELS);
    told = letPromptsDecide(chat);
    const agents = {
      INFERENCE_BASE_URL: chat.url,
      INFERENCE_MODELS: MODELS.join(),
      INFERENCE_PRICES: PRICES,
      CUSTOM_CODE_PRICE_PER_CPU_SECOND: CPU_PRICE,
    };
    platform = await bed.platform({ DATABASE_URL: await engine.freshUrl() }, { agents });
    const { keys, coordinator } = platform;
    const played = MINER_PRICES.map((price, n) => ({ id: `miner_${n}`, price }));
    miners = Promise.all(played.map((each) => mine(coordinator.url, keys.miner, each, stop.signal)));
    // Whoever waits for the miners learns of it.
    miners.catch(() => undefined);
  });
  afterAll(async () => {
    stop.abort();
    await miners;
    await bed.close();
    await chat.close();
  });

  function send(method: string, path: string, body?: object): Promise<Response> {
    const { coordinator, agents, keys } = platform;
    return fetch(urlOf({ coordinator: coordinator.url, agents: agents.url }, `/api/v1${path}`), {
      method,
      headers: { 'x-api-key': keys.client, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
  async function get<T>(path: string): Promise<T> {
    return (await served(() => send('GET', path))).json() as Promise<T>;
  }
  async function post<T>(path: string, body: object): Promise<T> {
    return (await served(() => send('POST', path, body))).json() as Promise<T>;
  }

  /** Runs a scenario to its end, and perhaps once more what it left undone. */
  async function play(one: Scenario): Promise<void> {
    const { id: workflow } = await post<{ id: string }>('/agent/workflows', workflowOf(one));
    const id = await begin(`/agent/workflows/${workflow}/execute`, { max_cost_budget: one.budget });
    if (one.cancelAfter !== null) await cancelAfter(id, one.cancelAfter);
    const status = await ended(id);
    if (one.retried && status !== 'completed') await ended(await begin(`/agent/executions/${id}/retry`, {}));
  }

  async function begin(path: string, body: object): Promise<string> {
    const { execution_id: id } = await post<{ execution_id: string }>(path, body);
    ids.push(id);
    return id;
  }

  async function cancelAfter(id: string, event: number): Promise<void> {
    for (let seq = 0; seq < event;) {
      const body = await get<Progress>(`/agent/executions/${id}?wait=20&since=${seq}`);
      if (FINAL.includes(body.status)) return;
      seq = body.event_seq;
    }
    // It may end at this moment: then there is nothing to cancel (409).
    await send('POST', `/agent/executions/${id}/cancel`, {});
  }

  async function ended(id: string): Promise<string> {
    for (;;) {
      const { status } = await get<Progress>(`/agent/executions/${id}?wait=20&until=final`);
      if (FINAL.includes(status)) return status;
    }
  }

  async function booksOf(id: string): Promise<Books> {
    const part = <Name extends 'status' | 'cost' | 'receipt'>(path: string) =>
      get<Books[Name]>(`/agent/executions/${id}${path}`);
    const [status, cost, receipt] = await Promise.all([
      part<'status'>(''),
      part<'cost'>('/cost'),
      part<'receipt'>('/receipt'),
    ]);
    return { status, cost, receipt, verdict: await post('/agent/receipts/verify', receipt) };
  }

  /** All that the coordinator has issued. */
  async function jobReceipts(): Promise<JobReceipts> {
    const found = new Map<string, { jobId: string; units: number }>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: JobPage = await get<JobPage>(
        `/jobs?limit=200&status=COMPLETED${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      for (const { job_id: jobId } of page.items) {
        const { id, payload } = await get<{ id: string; payload: { cost: number } }>(`/jobs/${jobId}/receipt`);
        found.set(id, { jobId, units: toUnits(payload.cost) });
      }
      cursor = page.next_cursor;
    }
    return found;
  }

  it(
    'are the sums of their steps, of their attempts, and of the receipts',
    async () => {
      const scenarios = fc.sample(scenario, { numRuns: EXECUTIONS, seed: SEED }).values();
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const one of scenarios) await play(one);
        }),
      );
      const open = async (state: string) => (await get<JobPage>(`/jobs?status=${state}`)).items.length;
      await waitFor(async () => (await open('QUEUED')) + (await open('RUNNING')) === 0, { timeoutMs: 60_000 });
      const issued = await jobReceipts();
      const books: Books[] = [];
      for (const id of ids) books.push(await booksOf(id));
      expect(books.flatMap((one) => faultsOf(one, issued, told))).toEqual([]);

      const linked = books.flatMap(({ receipt }) => receipt.steps.flatMap((step) => step.job_receipt_id ?? []));
      expect(linked.length).toBe(new Set(linked).size);
      const known = linked.every((id) => issued.has(id));
      expect(known).toBe(true);
      const kinds = Map.groupBy(
        books.flatMap(({ cost }) => cost.steps),
        ({ basis }) => basis.kind,
      );
      expect([...kinds.keys()].sort()).toEqual(['cpu', 'job', 'none', 'tokens']);
      const paidForJobs = (kinds.get('job') ?? []).reduce((sum, { cost }) => sum + toUnits(cost), 0);
      const linkedUnits = linked.reduce((sum, id) => sum + (issued.get(id)?.units ?? NaN), 0);
      expect(paidForJobs).toBe(linkedUnits);
      // A receipt that no step names is of a job whose execution had ended, or lost its step, before it was done.
      const unlinked = [...issued.keys()].filter((id) => !linked.includes(id));
      const endedBadly = books.filter(({ status }) => status.status !== 'completed').length;
      expect(unlinked.length).toBeLessThanOrEqual(endedBadly * 4);
    },
    fullTests ? 1_200_000 : 180_000,
  );
});
