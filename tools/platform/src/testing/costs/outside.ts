import type { ChatReply, ChatServer } from '@aitbc/inference-client/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatFate } from './scenario';

/** Tokens that the endpoint has told of, by the idempotency key of the attempt. */
export type ToldTokens = Map<string, { prompt: number; completion: number }>;

/** Lets the endpoint do what its prompts say, one after the other for each step; gives what it has told. */
export function letPromptsDecide(chat: ChatServer): ToldTokens {
  const told: ToldTokens = new Map();
  const done = new Map<string, number>();
  chat.answerWith = (body, key = '') => {
    const step = key.split(':').slice(0, 2).join(':');
    const number = done.get(step) ?? 0;
    done.set(step, number + 1);
    const fate = fatesIn(body)[number] ?? { does: 'answer', prompt: 11, completion: 13 };
    if (fate.does !== 'busy' && fate.does !== 'uncounted') {
      const before = told.get(key) ?? { prompt: 0, completion: 0 };
      told.set(key, { prompt: before.prompt + fate.prompt, completion: before.completion + fate.completion });
    }
    return replyOf(fate);
  };
  return told;
}

function fatesIn(body: unknown): ChatFate[] {
  const { messages } = body as { messages: { content: string }[] };
  return JSON.parse(messages[0]?.content ?? '[]') as ChatFate[];
}

function replyOf({ does, prompt, completion }: ChatFate): ChatReply {
  const usage = { prompt_tokens: prompt, completion_tokens: completion };
  const choices = [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }];
  switch (does) {
    case 'answer':
      return { status: 200, body: { choices, usage } };
    case 'useless':
      return { status: 200, body: { choices: [], usage } };
    case 'uncounted':
      return { status: 200, body: { choices } };
    case 'refuse':
      return { status: 400, body: { usage } };
    case 'busy':
      return { status: 503, body: {} };
  }
}

/** What a check of code says that got no processor for a while. */
const OUT_OF_TIME = /it was stopped after \d+ ms/;

/**
 * Asks again while the platform has no time: a machine that does much else lets units of work run out of theirs.
 * @throws Error with the answer when it is a refusal.
 */
export async function served(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await send();
    if (response.ok) return response;
    const text = await response.text();
    if (response.status < 500 && !OUT_OF_TIME.test(text)) throw new Error(`refused: ${text}`);
    await sleep(50);
  }
}
