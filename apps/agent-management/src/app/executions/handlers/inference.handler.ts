import {
  type HeldStep,
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepPlan,
  type StepResult,
  type StepWait,
} from '@aitbc/execution-engine';
import type { JsonValue } from '@aitbc/shared-domain';
import { providerOf } from '../../workflows';

/** `inference` and `training`: hands the step to the provider that `model_requirements.provider` names. */
export class InferenceHandler implements StepHandler {
  constructor(private readonly providers: Readonly<Record<'coordinator' | 'openai', StepHandler>>) {}

  estimate(step: StepPlan, input: JsonValue): number {
    return this.providerFor(step).estimate?.(step, input) ?? 0;
  }

  async run(context: StepContext): Promise<StepResult> {
    return this.providerFor(context.step).run(context);
  }

  async resume(context: StepContext, wait: StepWait): Promise<StepResult> {
    const provider = this.providerFor(context.step);
    return provider.resume ? provider.resume(context, wait) : provider.run(context);
  }

  /** Only the coordinator's jobs outlive an attempt, and it takes the key of an attempt that submitted none. */
  async release(held: HeldStep): Promise<void> {
    await this.providers.coordinator.release?.(held);
  }

  private providerFor(step: StepPlan): StepHandler {
    const provider = providerOf(step);
    if (provider === undefined) throw new StepFailure('bad_config', 'model_requirements.provider is unknown', false);
    return this.providers[provider];
  }
}
