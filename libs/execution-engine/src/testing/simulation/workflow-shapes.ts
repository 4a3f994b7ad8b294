import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { compilePlan, type ExecutionPlan, type StepPlan } from '../../core/plan';
import { stepPlan } from '../fixtures';
import type { SeededRandom } from './seeded-random';
import { EXPRESSIONS } from './simulated-evaluator';
import { configOf } from './step-behaviour';

/** A kind of step: how often it is drawn, and what it changes of an ordinary one. */
interface Kind {
  readonly weight: number;
  readonly changes: (random: SeededRandom) => Partial<StepPlan>;
}

const SIGNALS = ['go', 'approved'] as const;

/** Draws a workflow: a chain, a fan, or some graph, of steps of every kind. */
export function drawPlan(random: SeededRandom, workflowId: string): ExecutionPlan {
  const shape = random.pick(['chain', 'fan', 'any'] as const);
  const ids = Array.from({ length: random.between(1, 6) }, (_, index) => `s${index + 1}`);
  const steps = ids.map((id) => drawStep(random, id));
  const dependencies = Object.fromEntries(ids.map((id, index) => [id, parentsOf(random, shape, ids, index)]));
  const outputs: Record<string, JsonValue> | null = random.chance(0.2) ? { bad: EXPRESSIONS.brokenOutput } : null;
  return compilePlan({ workflowId, version: 1, steps, dependencies, outputs });
}

function parentsOf(
  random: SeededRandom,
  shape: 'chain' | 'fan' | 'any',
  ids: readonly string[],
  index: number,
): string[] {
  if (index === 0) return [];
  const last = index === ids.length - 1;
  switch (shape) {
    case 'chain':
      return ids.slice(index - 1, index);
    case 'fan':
      return last ? ids.slice(1, index) : ids.slice(0, 1);
    case 'any':
      return ids.slice(0, index).filter(() => random.chance(0.3));
  }
}

const KINDS = {
  work: { weight: 8, changes: (random) => ({ config: configOf({ ms: random.between(1, 300) }) }) },
  /** Often longer than its time-out, and sometimes than a lease. */
  slow: {
    weight: 2,
    changes: (random) => ({
      timeoutMs: random.between(500, 4_000),
      config: configOf({ ms: random.between(300, 6_000) }),
    }),
  },
  flaky: {
    weight: 3,
    changes: (random) => ({
      maxRetries: 2,
      config: configOf({ ms: random.between(1, 100), failures: random.between(1, 3) }),
    }),
  },
  fatal: { weight: 0.5, changes: () => ({ config: configOf({ fatal: true }) }) },
  job: { weight: 4, changes: (random) => ({ config: configOf({ does: 'job', ms: random.between(1, 4_500) }) }) },
  endlessJob: {
    weight: 0.7,
    changes: (random) => ({ timeoutMs: random.between(500, 3_000), config: configOf({ does: 'job', ms: null }) }),
  },
  timer: {
    weight: 2,
    changes: (random) => ({ timeoutMs: 20_000, config: configOf({ does: 'timer', ms: random.between(50, 5_000) }) }),
  },
  waits: { weight: 3, changes: (random) => ({ config: waiting({ seconds: random.between(0, 50) / 10 }) }) },
  signal: { weight: 3, changes: (random) => ({ config: waiting({ signal: random.pick(SIGNALS) }) }) },
  skipped: { weight: 4, changes: (random) => ({ when: random.chance(0.6) ? EXPRESSIONS.no : EXPRESSIONS.yes }) },
  away: { weight: 2.5, changes: () => ({ maxRetries: 2, inputMappings: { value: EXPRESSIONS.away } }) },
  broken: { weight: 0.7, changes: () => ({ inputMappings: { value: EXPRESSIONS.brokenInput } }) },
  costly: { weight: 1, changes: () => ({ config: configOf({ estimate: 3, cost: 6 }) }) },
} satisfies Readonly<Record<string, Kind>>;

type KindName = keyof typeof KINDS;
const WEIGHTS = Object.fromEntries(Object.entries(KINDS).map(([name, { weight }]) => [name, weight])) as Record<
  KindName,
  number
>;

function drawStep(random: SeededRandom, id: string): StepPlan {
  const kind: Kind = KINDS[random.pickWeighted(WEIGHTS) ?? 'work'];
  const retryPolicy = {
    initial_interval_ms: random.between(20, 800),
    backoff_coefficient: 2,
    maximum_interval_ms: 3_000,
    jitter: random.chance(0.7),
    non_retryable_errors: [],
  };
  return stepPlan(id, {
    stepType: 'custom',
    retryPolicy,
    timeoutMs: random.between(4_000, 8_000),
    maxRetries: random.between(0, 2),
    ...kind.changes(random),
  });
}

function waiting(waitFor: JsonObject): JsonObject {
  return { ...configOf({ ms: 10 }), wait_for: waitFor };
}
