import {
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepPlan,
  type StepResult,
} from '@aitbc/execution-engine';
import { ChatEndpoint, type ChatMessage, EndpointFailure, RefusedByEndpoint } from '@aitbc/inference-client';
import type { TokenPrices, Tracer } from '@aitbc/shared-core';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { asObject } from './as-object';
import { TokenPricing } from './token-pricing';

/** What the operator configured; without a base URL or models the provider refuses every step. */
export interface InferenceProviderConfiguration {
  readonly INFERENCE_BASE_URL: string | undefined;
  readonly INFERENCE_API_KEY: string | undefined;
  readonly INFERENCE_MODELS: readonly string[] | undefined;
  readonly INFERENCE_PRICES: TokenPrices | undefined;
}

/** Parameters that go to the endpoint as the author wrote them. */
const PARAMETERS = [
  'max_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'frequency_penalty',
  'presence_penalty',
] as const;
const ROLES = ['system', 'user', 'assistant'] as const;
/** For one try; the step's own time-out bounds them all. */
const TRY_TIMEOUT_MS = 120_000;
const TRIES = 3;
const RETRY_DELAY_MS = 500;

/**
 * `inference` by an OpenAI-compatible endpoint of the operator: `{prompt}` or `{messages}` in the mapped input, over
 * `config.parameters`, with the model of `model_requirements.model`, which must be on the operator's list. Gives
 * `{text, model, finish_reason, usage}`. The step's idempotency key goes with the request, so that an endpoint which
 * knows such keys answers a re-run after a crash without doing the work again. It costs the tokens that the endpoint has
 * counted, those of tries that came to nothing too.
 */
export class OpenAiInferenceHandler implements StepHandler {
  constructor(
    private readonly endpoint: Pick<ChatEndpoint, 'complete'> | undefined,
    private readonly models: readonly string[],
    private readonly pricing: TokenPricing,
  ) {}

  static from(
    { INFERENCE_BASE_URL, INFERENCE_API_KEY, INFERENCE_MODELS, INFERENCE_PRICES }: InferenceProviderConfiguration,
    tracer: Tracer,
  ): OpenAiInferenceHandler {
    const options = {
      tracer,
      apiKey: INFERENCE_API_KEY,
      timeoutMs: TRY_TIMEOUT_MS,
      attempts: TRIES,
      retryDelayMs: RETRY_DELAY_MS,
    };
    const endpoint =
      INFERENCE_BASE_URL === undefined ? undefined : new ChatEndpoint({ ...options, baseUrl: INFERENCE_BASE_URL });
    return new OpenAiInferenceHandler(endpoint, INFERENCE_MODELS ?? [], new TokenPricing(INFERENCE_PRICES));
  }

  /** What the answer may cost with all of `max_tokens`; without it nobody can tell how long the answer will be. */
  estimate(step: StepPlan, input: JsonValue): number {
    const request = requestOf(step, input);
    const maxTokens = request['max_tokens'];
    const isCount = typeof maxTokens === 'number' && Number.isSafeInteger(maxTokens) && maxTokens >= 0;
    return this.pricing.estimate(modelOf(step), messagesIn(request) ?? [], isCount ? maxTokens : 0);
  }

  async run({ step, input, signal, idempotencyKey }: StepContext): Promise<StepResult> {
    if (!this.endpoint)
      throw new StepFailure('provider_not_configured', 'no inference endpoint is configured here', false);
    const model = this.allowedModel(modelOf(step));
    const request = requestOf(step, input);
    const body = { ...parametersOf(request), model, messages: messagesOf(request), stream: false };
    try {
      const { text, wasted, ...answer } = await this.endpoint.complete(body, signal, idempotencyKey);
      const { promptTokens, completionTokens, finishReason: finish_reason } = answer;
      const usage = { prompt_tokens: promptTokens ?? null, completion_tokens: completionTokens ?? null };
      const output = { text, model: answer.model, finish_reason, usage };
      return { output, ...this.pricing.use(model, answer, wasted) };
    } catch (error) {
      throw this.failureOf(error, model);
    }
  }

  private failureOf(error: unknown, model: string): unknown {
    if (!(error instanceof EndpointFailure)) return error;
    const use = this.pricing.wasted(model, error.wasted);
    if (error instanceof RefusedByEndpoint) return new StepFailure('inference_refused', error.message, false, use);
    return new StepFailure('inference_failed', error.message, true, use);
  }

  private allowedModel(model: string | undefined): string {
    if (model !== undefined && this.models.includes(model)) return model;
    throw new StepFailure(
      'model_not_allowed',
      'the operator does not offer the model of model_requirements.model',
      false,
    );
  }
}

function modelOf({ modelRequirements: { model } }: StepPlan): string | undefined {
  return typeof model === 'string' ? model : undefined;
}

function requestOf({ config, inputMappings }: StepPlan, input: JsonValue): JsonObject {
  return { ...asObject(config['parameters']), ...asObject(inputMappings ? input : asObject(input)['inputs']) };
}

function messagesOf(request: JsonObject): readonly ChatMessage[] {
  const messages = messagesIn(request);
  if (messages) return messages;
  throw new StepFailure('bad_input', 'the input needs a `prompt`, or `messages` of {role, content}', false);
}

function messagesIn({ messages, prompt }: JsonObject): readonly ChatMessage[] | undefined {
  if (typeof prompt === 'string' && prompt !== '') return [{ role: 'user', content: prompt }];
  return Array.isArray(messages) && messages.length > 0 && messages.every(isMessage) ? messages : undefined;
}

function isMessage(value: JsonValue): value is JsonObject & ChatMessage {
  const { role, content } = asObject(value);
  return ROLES.some((known) => known === role) && typeof content === 'string';
}

function parametersOf(request: JsonObject): JsonObject {
  return Object.fromEntries(PARAMETERS.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]]])));
}
