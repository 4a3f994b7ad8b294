import fc from 'fast-check';

/** What the chat endpoint does with one request, and how many tokens it says that this took. */
export interface ChatFate {
  readonly does: 'answer' | 'useless' | 'busy' | 'refuse' | 'uncounted';
  readonly prompt: number;
  readonly completion: number;
}

/** What a miner does with one attempt of a job. */
export type JobFate = 'result' | 'fail' | 'fatal';

export type StepKind =
  | { readonly type: 'data'; readonly works: boolean }
  | { readonly type: 'code'; readonly works: boolean; readonly rounds: number }
  | { readonly type: 'chat'; readonly model: string; readonly maxTokens: number | null; readonly fates: ChatFate[] }
  | { readonly type: 'job'; readonly maxPrice: number | null; readonly fates: JobFate[] };

export interface Scenario {
  readonly steps: readonly { readonly kind: StepKind; readonly retries: number; readonly losesOutput: boolean }[];
  readonly parallel: boolean;
  /** Coins; 0 is no limit. */
  readonly budget: number;
  readonly level: 'basic' | 'full';
  /** The number of the event after which it is cancelled. */
  readonly cancelAfter: number | null;
  /** What is failed or cancelled is run again, as a new execution. */
  readonly retried: boolean;
}

/** `INFERENCE_PRICES` of the test; the third model has none. */
export const PRICES = 'cheap=0.00000007/0.1,dear=123.45678901/999.00000001';
export const MODELS = ['cheap', 'dear', 'unpriced'];
export const CPU_PRICE = '0.12345678';
/** Coins for a job, a miner each. */
export const MINER_PRICES = [0.00000001, 0.07, 0.25];

const count = fc.integer({ min: 0, max: 40_000 });
const chatFate = fc.record<ChatFate>({
  does: fc.oneof(
    { weight: 6, arbitrary: fc.constant<ChatFate['does']>('answer') },
    { weight: 3, arbitrary: fc.constant<ChatFate['does']>('useless') },
    { weight: 2, arbitrary: fc.constantFrom<ChatFate['does']>('busy', 'refuse', 'uncounted') },
  ),
  prompt: count,
  completion: count,
});
const usuallyTrue = fc.integer({ min: 0, max: 5 }).map((n) => n > 0);

const kind: fc.Arbitrary<StepKind> = fc.oneof(
  fc.record({ type: fc.constant('data' as const), works: usuallyTrue }),
  fc.record({ type: fc.constant('code' as const), works: usuallyTrue, rounds: fc.integer({ min: 0, max: 20_000 }) }),
  fc.record({
    type: fc.constant('chat' as const),
    model: fc.constantFrom(...MODELS),
    maxTokens: fc.option(fc.integer({ min: 1, max: 2_000 })),
    fates: fc.array(chatFate, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    type: fc.constant('job' as const),
    maxPrice: fc.option(fc.constantFrom(0.01, 0.07, 1)),
    fates: fc.array(fc.constantFrom<JobFate>('result', 'result', 'result', 'fail', 'fatal'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  steps: fc.array(
    fc.record({ kind, retries: fc.integer({ min: 0, max: 2 }), losesOutput: usuallyTrue.map((yes) => !yes) }),
    { minLength: 1, maxLength: 4 },
  ),
  parallel: fc.boolean(),
  budget: fc.oneof(fc.constant(0), fc.constantFrom(0.00001, 0.1, 0.5, 20)),
  level: fc.constantFrom('basic' as const, 'full' as const),
  cancelAfter: fc.option(fc.integer({ min: 0, max: 8 }), { freq: 3 }),
  retried: fc.boolean(),
});

/** The workflow of a scenario, as it is sent. What is to happen to its requests stands in their texts. */
export function workflowOf({ steps, parallel, level }: Scenario): object {
  const named = steps.map((step, index) => [`s${index}`, stepOf(step)] as const);
  const dependencies = named.slice(1).map(([id], index) => [id, [`s${index}`]] as const);
  return {
    name: 'Random',
    steps: Object.fromEntries(named),
    dependencies: parallel ? {} : Object.fromEntries(dependencies),
    verification_level: level,
  };
}

function stepOf({ kind, retries, losesOutput }: Scenario['steps'][number]): object {
  return {
    ...{ name: kind.type, ...definitionOf(kind), max_retries: retries },
    retry_policy: { initial_interval_ms: 1, maximum_interval_ms: 20 },
    ...(losesOutput ? { output_mappings: { lost: '$error("lost")' } } : {}),
  };
}

function definitionOf(kind: StepKind): object {
  switch (kind.type) {
    case 'data':
      return { step_type: 'data_processing', config: { expression: kind.works ? '1' : '$error("no")' } };
    case 'code':
      return { step_type: 'custom', config: { code: codeOf(kind.works, kind.rounds) } };
    case 'chat':
      return {
        step_type: 'inference',
        model_requirements: { provider: 'openai', model: kind.model },
        config: { parameters: kind.maxTokens === null ? {} : { max_tokens: kind.maxTokens } },
        input_mappings: { prompt: { literal: JSON.stringify(kind.fates) } },
      };
    case 'job':
      return {
        step_type: 'inference',
        model_requirements: kind.maxPrice === null ? {} : { max_price: kind.maxPrice },
        config: { service_type: 'text_analysis', parameters: { tasks: ['language'] } },
        input_mappings: { text: { literal: JSON.stringify(kind.fates) } },
      };
  }
}

function codeOf(works: boolean, rounds: number): string {
  const end = works ? 'return n' : 'throw new Error("no")';
  return `export default () => { let n = 0; for (let i = 0; i < ${rounds}; i++) n += i; ${end} }`;
}
