import { NOTHING_USED, type StepUse } from '@aitbc/execution-engine';
import type { ChatMessage, TokenCounts, TokenSum } from '@aitbc/inference-client';
import { costOf, type TokenPrice, type TokenPrices } from '@aitbc/shared-core';

/** Turns tokens into money by the operator's prices. A model without one costs nothing, and its charges say so. */
export class TokenPricing {
  constructor(private readonly prices: TokenPrices | undefined) {}

  /**
   * Units that an answer may cost at most. Models read pieces of text that are at least a byte each, so there are no more
   * tokens than bytes; what a chat adds for each message is less than its JSON around the text.
   * @param maxTokens of the answer; 0 when nobody can tell
   */
  estimate(model: string | undefined, messages: readonly ChatMessage[], maxTokens: number): number {
    const price = model === undefined ? undefined : this.prices?.get(model);
    if (!price) return 0;
    return priceOf(price, Buffer.byteLength(JSON.stringify(messages)), maxTokens);
  }

  /** An answer, with what the tries before it have used. */
  use(model: string, answer: TokenCounts, wasted: TokenSum): StepUse {
    return this.charge(model, {
      promptTokens: sum(answer.promptTokens, wasted.promptTokens),
      completionTokens: sum(answer.completionTokens, wasted.completionTokens),
    });
  }

  /** No answer, but perhaps tokens that were used for nothing. */
  wasted(model: string, wasted: TokenSum): StepUse {
    const { promptTokens, completionTokens } = wasted;
    return promptTokens === 0 && completionTokens === 0 ? NOTHING_USED : this.charge(model, wasted);
  }

  private charge(model: string, counts: TokenCounts): StepUse {
    const price = this.prices?.get(model);
    const { promptTokens = null, completionTokens = null } = counts;
    return {
      cost: price ? priceOf(price, promptTokens ?? 0, completionTokens ?? 0) : 0,
      basis: { kind: 'tokens', model, promptTokens, completionTokens, ...pricesIn(price) },
      metrics: {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        ...(price ? {} : { priced: false }),
      },
    };
  }
}

function pricesIn(price: TokenPrice | undefined) {
  return { inputPrice: price?.input ?? null, outputPrice: price?.output ?? null };
}

function priceOf({ input, output }: TokenPrice, read: number, written: number): number {
  return costOf([
    { quantity: read, price: input },
    { quantity: written, price: output },
  ]);
}

/** What was not counted stays unknown, unless something is known of the tries before. */
function sum(counted: number | undefined, before: number): number | undefined {
  return counted === undefined && before === 0 ? undefined : (counted ?? 0) + before;
}
