import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { toUnits } from '@aitbc/shared-core';
import { describeOnEngines, fullTests, waitFor } from '@aitbc/shared-core/testing';
import fc from 'fast-check';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { type Books, faultsOf, type JobReceipts } from './testing/costs/audit';
import { letPromptsDecide, mine, served, type ToldTokens } from './testing/costs/outside';
import { CPU_PRICE, MINER_PRICES, MODELS, PRICES, type Scenario, scenario, workflowOf } from './testing/costs/scenario';
import { ADMIN_KEY, openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const EXECUTIONS = fullTests ? 1_000 : 60;
/** Started and watched at once. */
const AT_ONCE = 12;
const FINAL = ['completed', 'failed', 'cancelled'];
/** Shown with the tests: what went wrong once can be run again. */
const SEED = Number(process.hrtime.bigint() % 1_000_000n);

describeOnEngines(`the costs of ${EXECUTIONS} random executions (seed ${SEED})`, (engine) => {
  let chat: ChatServer;
  let told: ToldTokens;
  let opened: OpenCoordinator;
  let server: Server;
  let url: string;
  let client: string;
  const stop = new AbortController();
  let miners: Promise<unknown>;
  const ids: string[] = [];

  beforeAll(async () => {
    chat = await startChatServer(MODELS);
    told = letPromptsDecide(chat);
    opened = await openCoordinator({
      DATABASE_URL: await engine.freshUrl(),
      RATE_LIMIT_PER_SECOND: '0',
      INFERENCE_BASE_URL: chat.url,
      INFERENCE_MODELS: MODELS.join(),
      INFERENCE_PRICES: PRICES,
      CUSTOM_CODE_PRICE_PER_CPU_SECOND: CPU_PRICE,
    });
    // A connection that idles while the books are read must not be closed as it is used again.
    server = createServer({ keepAliveTimeout: 3_600_000 }, opened.coordinator.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    opened.coordinator.start();
    client = await keyFor('client');
    const minerKey = await keyFor('miner');
    miners = Promise.all(MINER_PRICES.map((price, n) => mine(url, minerKey, { id: `miner_${n}`, price }, stop.signal)));
  });
  afterAll(async () => {
    stop.abort();
    await miners;
    server.closeAllConnections();
    server.close();
    await opened.close();
    await chat.close();
  });

  const get = async (path: string) =>
    (await served(() => request(url).get(`/api/v1${path}`).set('x-api-key', client))).body;
  const post = async (path: string, body: object, key = client) =>
    (await served(() => request(url).post(`/api/v1${path}`).set('x-api-key', key).send(body))).body;

  async function keyFor(role: string): Promise<string> {
    return String((await post('/admin/api-keys', { subject: `a-${role}`, role }, ADMIN_KEY)).api_key);
  }

  /** Runs a scenario to its end, and perhaps once more what it left undone. */
  async function play(one: Scenario): Promise<void> {
    const { id: workflow } = await post('/agent/workflows', workflowOf(one));
    const id = await begin(`/agent/workflows/${workflow}/execute`, { max_cost_budget: one.budget });
    if (one.cancelAfter !== null) await cancelAfter(id, one.cancelAfter);
    const status = await ended(id);
    if (one.retried && status !== 'completed') await ended(await begin(`/agent/executions/${id}/retry`, {}));
  }

  async function begin(path: string, body: object): Promise<string> {
    const { execution_id: id } = await post(path, body);
    ids.push(String(id));
    return String(id);
  }

  async function cancelAfter(id: string, event: number): Promise<void> {
    for (let seq = 0; seq < event;) {
      const body = await get(`/agent/executions/${id}?wait=20&since=${seq}`);
      if (FINAL.includes(body.status)) return;
      seq = Number(body.event_seq);
    }
    // It may end at this moment: then there is nothing to cancel (409).
    await request(url).post(`/api/v1/agent/executions/${id}/cancel`).set('x-api-key', client).send({});
  }

  async function ended(id: string): Promise<string> {
    for (;;) {
      const { status } = await get(`/agent/executions/${id}?wait=20&until=final`);
      if (FINAL.includes(status)) return status;
    }
  }

  async function booksOf(id: string): Promise<Books> {
    const [status, cost, receipt] = await Promise.all(
      ['', '/cost', '/receipt'].map((part) => get(`/agent/executions/${id}${part}`)),
    );
    return { status, cost, receipt, verdict: await post('/agent/receipts/verify', receipt) };
  }

  /** All that the coordinator has issued. */
  async function jobReceipts(): Promise<JobReceipts> {
    const found = new Map<string, { jobId: string; units: number }>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: { job_id: string; state: string }[]; next_cursor: string | null } = await get(
        `/jobs?limit=200&status=COMPLETED${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      for (const { job_id: jobId } of page.items) {
        const { id, payload } = await get(`/jobs/${jobId}/receipt`);
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
      const open = async (state: string) => (await get(`/jobs?status=${state}`)).items.length;
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
