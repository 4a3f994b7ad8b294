import { type Attributes, serverAttributes, type Span, type SpanStart } from '@aitbc/shared-core';
import type { ChatCompletion } from './chat-completion';
import type { ChatRequest } from './chat-endpoint';

/**
 * The span of one call of a model, tries and pauses between them included: the inference span of the GenAI conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/). No prompt and no answer is in it.
 */
export function chatSpan(request: ChatRequest, baseUrl: string, stream: boolean): SpanStart {
  return {
    name: `chat ${request.model}`,
    kind: 'client',
    attributes: {
      'gen_ai.operation.name': 'chat',
      // The protocol that is spoken; who stands behind it only the address can tell.
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': request.model,
      'gen_ai.request.stream': stream ? true : undefined,
      ...numbersOf(request),
      'gen_ai.request.stop_sequences': isTexts(request['stop']) ? request['stop'] : undefined,
      ...serverAttributes(baseUrl),
    },
  };
}

const NUMBERS = [
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'seed',
  'frequency_penalty',
  'presence_penalty',
] as const;

function numbersOf(request: ChatRequest): Attributes {
  return Object.fromEntries(
    NUMBERS.flatMap((name) => (typeof request[name] === 'number' ? [[`gen_ai.request.${name}`, request[name]]] : [])),
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

/** What came of it: tokens only as the endpoint has counted them. */
export function tellCompletion(span: Span, completion: ChatCompletion): void {
  const { model, finishReason, promptTokens, completionTokens } = completion;
  span.set({
    'gen_ai.response.model': model === '' ? undefined : model,
    'gen_ai.response.finish_reasons': finishReason === null ? undefined : [finishReason],
    'gen_ai.usage.input_tokens': promptTokens,
    'gen_ai.usage.output_tokens': completionTokens,
  });
}
