import { type ChatCompletion, type ChatEndpoint, type ChatRequest, RefusedByEndpoint } from '@aitbc/inference-client';
import {
  BadJobRequest,
  type ExecutionOutcome,
  type Executor,
  type JobContext,
  type ServiceRequest,
} from '../executors/executor';
import { RequestSchema } from '../executors/request-schema';

interface InferenceRequest {
  readonly model: string;
  readonly prompt: string;
  readonly max_tokens: number;
  readonly temperature: number;
  readonly top_p: number;
  readonly top_k?: number;
  readonly stop_sequences: readonly string[];
  readonly stream: boolean;
}

const PROBE_MS = 15_000;

const REQUEST = new RequestSchema<InferenceRequest>({
  type: 'object',
  required: ['model', 'prompt'],
  properties: {
    model: { type: 'string', minLength: 1, maxLength: 200 },
    prompt: { type: 'string', minLength: 1, maxLength: 10_000 },
    max_tokens: { type: 'integer', minimum: 1, maximum: 4096, default: 256 },
    temperature: { type: 'number', minimum: 0, maximum: 2, default: 0.7 },
    top_p: { type: 'number', minimum: 0, maximum: 1, default: 1 },
    top_k: { type: 'integer', minimum: 0 },
    stream: { type: 'boolean', default: false },
    stop_sequences: { type: 'array', items: { type: 'string', minLength: 1 }, default: [] },
  },
});

/**
 * `llm_inference` at an OpenAI-compatible endpoint:
 * `{model, prompt, max_tokens?, temperature?, top_p?, top_k?, stop_sequences?, stream?}` →
 * `{model, text, finish_reason, usage: {prompt_tokens, completion_tokens}}`, token counts as the endpoint reports them.
 * With `stream` each piece of the text is also passed on as soon as it comes.
 */
export class LlmInferenceExecutor implements Executor {
  readonly serviceType = 'llm_inference';

  private models: readonly string[] = [];

  /** @param allowedModels the operator's list; without it every model of the endpoint is offered. */
  constructor(
    private readonly endpoint: ChatEndpoint,
    private readonly allowedModels: readonly string[] | undefined,
  ) {}

  /** Asks the endpoint. One that keeps no list of its models is believed to have those of the operator's list. */
  async probe(): Promise<readonly string[]> {
    const offered = await this.endpoint.models(AbortSignal.timeout(PROBE_MS));
    const allowed = this.allowedModels ?? offered ?? [];
    this.models = allowed.filter((model) => offered?.includes(model) ?? true);
    if (this.models.length === 0) throw new Error('the inference endpoint offers none of the wanted models');
    return this.models;
  }

  async run(request: ServiceRequest, { signal, emit }: JobContext): Promise<ExecutionOutcome> {
    const wanted = REQUEST.parse(request);
    if (!this.models.includes(wanted.model)) throw new BadJobRequest(`this miner has no model '${wanted.model}'`);
    const completion = await this.complete(wanted, signal, emit);
    const usage = { prompt_tokens: completion.promptTokens, completion_tokens: completion.completionTokens };
    return {
      result: {
        model: completion.model || wanted.model,
        text: completion.text,
        finish_reason: completion.finishReason,
        usage: definedOnly(usage),
      },
      metrics: definedOnly(usage),
    };
  }

  private async complete(
    wanted: InferenceRequest,
    signal: AbortSignal,
    emit: (text: string) => void,
  ): Promise<ChatCompletion> {
    const request = chatRequest(wanted);
    try {
      return await (wanted.stream
        ? this.endpoint.stream(request, signal, emit)
        : this.endpoint.complete({ ...request, stream: false }, signal));
    } catch (error) {
      throw error instanceof RefusedByEndpoint ? new BadJobRequest(error.message) : error;
    }
  }

  async close(): Promise<void> {
    // Nothing is kept between jobs.
  }
}

function chatRequest({ model, prompt, top_k, stop_sequences: stop, ...wanted }: InferenceRequest): ChatRequest {
  return {
    model,
    messages: [{ role: 'user', content: prompt }],
    max_tokens: wanted.max_tokens,
    temperature: wanted.temperature,
    top_p: wanted.top_p,
    // Not in OpenAI's own protocol, but in that of most local servers: sent only when the client wants it.
    ...(top_k !== undefined && { top_k }),
    ...(stop.length > 0 && { stop }),
  };
}

/** Without the fields that the endpoint did not report: a guessed zero would be a lie, `undefined` is no JSON. */
function definedOnly(fields: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
