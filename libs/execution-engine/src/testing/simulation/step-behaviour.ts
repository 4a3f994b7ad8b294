import type { JsonObject } from '@aitbc/shared-domain';
import type { StepPlan } from '../../core/plan';

/** How a simulated step behaves; written into its `config`. */
export interface StepBehaviour {
  readonly does: 'work' | 'job' | 'timer';
  /** How long the work, the timer or the job takes; null: the job never ends by itself. */
  readonly ms: number | null;
  /** How many attempts fail before one succeeds. */
  readonly failures: number;
  /** It fails in a way that no other attempt can mend. */
  readonly fatal: boolean;
  readonly estimate: number;
  readonly cost: number;
}

const NORMAL: StepBehaviour = { does: 'work', ms: 20, failures: 0, fatal: false, estimate: 2, cost: 2 };

export function behaviourOf({ config }: StepPlan): StepBehaviour {
  return { ...NORMAL, ...(config['behaviour'] as Partial<StepBehaviour> | undefined) };
}

export function configOf(behaviour: Partial<StepBehaviour>): JsonObject {
  return { behaviour: { ...behaviour } };
}
