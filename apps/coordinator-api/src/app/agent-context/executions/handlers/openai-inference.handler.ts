import { type StepContext, StepFailure, type StepHandler, type StepResult } from '@aitbc/execution-engine';
import { type ChatCompletion, ChatEndpoint, type ChatMessage, RefusedByEndpoint } from '@aitbc/inference-client';
import type { Tracer } from '@aitbc/shared-core';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { asObject } from './as-object';

/** What the operator configured; without a base URL or models the provider refuses every step. */
export interface InferenceProviderConfiguration {
  readonly INFERENCE_BASE_URL: string | undefined;
  readonly INFERENCE_API_KEY: string | undefined;
  readonly INFERENCE_MODELS: readonly string[] | undefined;
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
 * knows such keys answers a re-run after a crash without doing the work again.
 */
export class OpenAiInferenceHandler implements StepHandler {
  constructor(
    private readonly endpoint: Pick<ChatEndpoint, 'complete'> | undefined,
    private readonly models: readonly string[],
  ) {}

  static from(
    { INFERENCE_BASE_URL, INFERENCE_API_KEY, INFERENCE_MODELS }: InferenceProviderConfiguration,
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
    return new OpenAiInferenceHandler(endpoint, INFERENCE_MODELS ?? []);
  }

  async run({ step, input, signal, idempotencyKey }: StepContext): Promise<StepResult> {
    if (!this.endpoint)
      throw new StepFailure('provider_not_configured', 'no inference endpoint is configured here', false);
    const model = this.allowedModel(step.modelRequirements['model']);
    const request = {
      ...asObject(step.config['parameters']),
      ...asObject(step.inputMappings ? input : asObject(input)['inputs']),
    };
    try {
      const messages = messagesOf(request);
      const body = { ...parametersOf(request), model, messages, stream: false };
      return resultOf(await this.endpoint.complete(body, signal, idempotencyKey));
    } catch (error) {
      throw failureOf(error);
    }
  }

  private allowedModel(model: JsonValue | undefined): string {
    if (typeof model === 'string' && this.models.includes(model)) return model;
    throw new StepFailure(
      'model_not_allowed',
      'the operator does not offer the model of model_requirements.model',
      false,
    );
  }
}

function messagesOf({ messages, prompt }: JsonObject): ChatMessage[] {
  if (typeof prompt === 'string' && prompt !== '') return [{ role: 'user', content: prompt }];
  if (Array.isArray(messages) && messages.length > 0 && messages.every(isMessage)) return messages;
  throw new StepFailure('bad_input', 'the input needs a `prompt`, or `messages` of {role, content}', false);
}

function isMessage(value: JsonValue): value is JsonObject & ChatMessage {
  const { role, content } = asObject(value);
  return ROLES.some((known) => known === role) && typeof content === 'string';
}

function parametersOf(request: JsonObject): JsonObject {
  return Object.fromEntries(PARAMETERS.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]]])));
}

function resultOf({ text, model, finishReason, promptTokens, completionTokens }: ChatCompletion): StepResult {
  const usage = { prompt_tokens: promptTokens ?? null, completion_tokens: completionTokens ?? null };
  return { output: { text, model, finish_reason: finishReason, usage }, cost: 0, metrics: usage };
}

function failureOf(error: unknown): unknown {
  if (error instanceof StepFailure) return error;
  if (error instanceof RefusedByEndpoint) return new StepFailure('inference_refused', error.message, false);
  return error instanceof Error ? new StepFailure('inference_failed', error.message, true) : error;
}
