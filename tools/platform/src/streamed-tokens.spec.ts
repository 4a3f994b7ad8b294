import { EventEmitter, once } from 'node:events';
import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import type { ReceivedEvent } from '@aitbc/shared-core';
import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API } from './api';
import { type LaunchedApp, type LaunchedPlatform, TestBed } from './testing/test-bed';
import { openTokenStream, type TokenStream } from './testing/token-stream';

const MODEL = 'tiny-llm';
/** The model answers backwards, word by word. */
const PROMPT = 'c b a';
const WORDS = ['a', ' b', ' c'];
/** The job of a killed miner goes to another one after that; a living one that is held up for a while keeps its own. */
const JOB_LEASE_SECONDS = '8';

let bed: TestBed;
let model: ChatServer;
let platform: LaunchedPlatform;
let miner: LaunchedApp;
beforeEach(async () => {
  bed = new TestBed();
  model = await startChatServer([MODEL]);
  platform = await bed.platform({ JOB_LEASE_SECONDS });
  miner = await bed.miner(platform.coordinator, 'first', endpoint());
});
afterEach(async () => {
  await bed.close();
  await model.close();
});

const endpoint = () => ({ INFERENCE_BASE_URL: model.url, INFERENCE_MODELS: MODEL });
const ask = (headers: Record<string, string> = {}) =>
  openTokenStream(`${platform.agents.url}${AGENT_API}/services/llm/stream`, platform.keys.client, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: MODEL, prompt: PROMPT }),
  });
const follow = (url: string, jobId: string, lastEventId: string) =>
  openTokenStream(`${url}${AGENT_API}/services/jobs/${jobId}/stream`, platform.keys.client, {
    headers: { 'last-event-id': lastEventId },
  });
const textOf = (event: ReceivedEvent | undefined): string | undefined => dataOf(event)['text'] as string | undefined;
const dataOf = (event: ReceivedEvent | undefined) => JSON.parse(event?.data ?? '{}') as Record<string, unknown>;

/** Stops the model before word `first`; each call lets it make one word more. */
function gatesFrom(first: number): () => void {
  let open = first;
  const news = new EventEmitter();
  model.beforeToken = async (number) => {
    while (number >= open) await once(news, 'opened');
  };
  return () => {
    open += 1;
    news.emit('opened');
  };
}

async function jobOf(stream: TokenStream): Promise<string> {
  return String(dataOf(await stream.next())['job_id']);
}

it('brings each token to the client before the model has made the next one', async () => {
  const openNext = gatesFrom(1);
  const stream = await ask();
  const jobId = await jobOf(stream);
  for (const word of WORDS) {
    openNext();
    // Only now does the model make this word, and only after it was read is the next gate opened.
    expect(textOf(await stream.next())).toBe(word);
  }
  const [done, ...more] = await stream.rest();
  expect([done?.event, more]).toEqual(['done', []]);
  const usage = { prompt_tokens: 3, completion_tokens: 3 };
  expect(dataOf(done)).toMatchObject({ status: 'COMPLETED', result: { text: 'a b c', finish_reason: 'stop', usage } });
  const receipt = await platform.client.get<{ id: string; jws: string }>(`/api/v1/jobs/${jobId}/receipt`);
  expect(dataOf(done)).toMatchObject({ receipt_id: receipt.id, receipt: receipt.jws });
});

it('goes on in another process when the first one stops', async () => {
  const openNext = gatesFrom(2);
  const other = await bed.agentManagement(platform.coordinator);
  const stream = await ask();
  const jobId = await jobOf(stream);
  expect(textOf(await stream.next())).toBe('a');
  const stopped = platform.agents.process.stop();
  expect((await stream.rest()).map(dataOf)).toMatchObject([{ code: 'draining', status: 503 }]);
  const again = await follow(other.url, jobId, '1');
  await again.next();
  for (const word of WORDS.slice(1)) {
    openNext();
    expect(textOf(await again.next())).toBe(word);
  }
  expect((await again.rest()).map(({ event }) => event)).toEqual(['done']);
  expect(await stopped).toBe('0');
  expect(await miner.process.stop()).toBe('0');
});

it('begins anew at another miner when the first one is killed', async () => {
  const openNext = gatesFrom(2);
  const stream = await ask();
  await stream.next();
  expect(textOf(await stream.next())).toBe('a');
  miner.process.signal('SIGKILL');
  await bed.miner(platform.coordinator, 'second', endpoint());
  expect((await stream.next())?.event).toBe('restart');
  expect(await stream.next()).toEqual({ event: 'token', id: '2', data: '{"text":"a"}' });
  openNext();
  openNext();
  const events = await stream.rest();
  expect(events.map(textOf).slice(0, 2)).toEqual([' b', ' c']);
  expect(dataOf(events.at(-1))).toMatchObject({ status: 'COMPLETED', result: { text: 'a b c' } });
});

it('ends the work of miner and model when the client leaves', async () => {
  gatesFrom(2);
  let left = false;
  model.onLeave = () => (left = true);
  const stream = await ask();
  const jobId = await jobOf(stream);
  expect(textOf(await stream.next())).toBe('a');
  stream.leave();
  await waitFor(() => left);
  const { state } = await platform.client.get<{ state: string }>(`/api/v1/jobs/${jobId}`);
  expect(state).toBe('CANCELED');
});
