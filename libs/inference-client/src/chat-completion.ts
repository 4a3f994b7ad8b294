import { readJson } from '@aitbc/shared-core';

/** What the endpoint says that it has counted. */
export interface TokenCounts {
  readonly promptTokens: number | undefined;
  readonly completionTokens: number | undefined;
}

/** What an endpoint gave for one try. */
export interface ChatAnswer extends TokenCounts {
  readonly text: string;
  /** `stop`, `length`, … as the endpoint says. */
  readonly finishReason: string | null;
  readonly model: string;
}

export interface ChatCompletion extends ChatAnswer {
  /** What the tries before it have used that came to nothing, as far as the endpoint told: it is billed all the same. */
  readonly wasted: TokenSum;
}

/** Tokens of several tries. */
export interface TokenSum {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export const NO_TOKENS: TokenSum = { promptTokens: 0, completionTokens: 0 };

export function addTokens(sum: TokenSum, { promptTokens = 0, completionTokens = 0 }: Partial<TokenCounts>): TokenSum {
  return {
    promptTokens: sum.promptTokens + promptTokens,
    completionTokens: sum.completionTokens + completionTokens,
  };
}

/** An answer that is of no use, although tokens were used for it. */
export class UnusableAnswer extends Error {
  constructor(
    message: string,
    readonly counts: TokenCounts,
  ) {
    super(message);
  }
}

const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** More than any model reads or writes at once: a larger count is a mistake, and would be billed. */
const MAX_TOKENS = 1_000_000_000;

/** @throws UnusableAnswer when it holds no text; Error when it is not an answer of `/chat/completions`. */
export async function readCompletion(response: Response): Promise<ChatAnswer> {
  const { choices, model, usage } = asRecord(await readJson(response, MAX_ANSWER_BYTES));
  const choice = asRecord(Array.isArray(choices) ? choices[0] : undefined);
  const { content } = asRecord(choice['message']);
  if (typeof content !== 'string') {
    throw new UnusableAnswer('its answer holds no message content', tokenCounts(usage));
  }
  return {
    text: content,
    finishReason: typeof choice['finish_reason'] === 'string' ? choice['finish_reason'] : null,
    model: typeof model === 'string' ? model : '',
    ...tokenCounts(usage),
  };
}

/** What the endpoint counted; a guessed figure would be a lie. */
export function tokenCounts(usage: unknown): TokenCounts {
  const { prompt_tokens: prompt, completion_tokens: completion } = asRecord(usage);
  return { promptTokens: count(prompt), completionTokens: count(completion) };
}

function count(value: unknown): number | undefined {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS;
  return isCount ? value : undefined;
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
