import { decimal, flag, integer, serviceKind, text } from './service-kind';

export const llmInference = serviceKind(
  {
    type: 'llm_inference',
    name: 'Language model inference',
    description: 'Completes a prompt with a language model.',
  },
  ['model', 'prompt'],
  {
    model: text(200),
    prompt: text(10_000),
    max_tokens: integer(1, 4_096, 256),
    temperature: decimal(0, 2, 0.7),
    top_p: decimal(0, 1),
    top_k: integer(1, 1_000),
    stop_sequences: { type: 'array', items: text(100), maxItems: 8 },
    stream: flag(false),
  },
);
