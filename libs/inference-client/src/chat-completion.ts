import { readJson } from '@aitbc/shared-core';

export interface ChatCompletion {
  readonly text: string;
  /** `stop`, `length`, … as the endpoint says. */
  readonly finishReason: string | null;
  readonly model: string;
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
}

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** @throws Error when it is not an answer of `/chat/completions`. */
export async function readCompletion(response: Response): Promise<ChatCompletion> {
  const { choices, model, usage } = asRecord(await readJson(response, MAX_ANSWER_BYTES));
  const choice = asRecord(Array.isArray(choices) ? choices[0] : undefined);
  const { content } = asRecord(choice['message']);
  if (typeof content !== 'string') throw new Error('its answer holds no message content');
  return {
    text: content,
    finishReason: typeof choice['finish_reason'] === 'string' ? choice['finish_reason'] : null,
    model: typeof model === 'string' ? model : '',
    ...tokenCounts(usage),
  };
}

/** What the endpoint counted; a guessed figure would be a lie. */
export function tokenCounts(usage: unknown): Pick<ChatCompletion, 'promptTokens' | 'completionTokens'> {
  const { prompt_tokens: prompt, completion_tokens: completion } = asRecord(usage);
  return {
    promptTokens: typeof prompt === 'number' ? prompt : undefined,
    completionTokens: typeof completion === 'number' ? completion : undefined,
  };
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
