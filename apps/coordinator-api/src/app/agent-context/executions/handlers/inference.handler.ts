import {
  type HeldStep,
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepResult,
  type StepWait,
} from '@aitbc/execution-engine';
import { providerOf } from '../../workflows';

/** `inference` and `training`: hands the step to the provider that `model_requirements.provider` names. */
export class InferenceHandler implements StepHandler {
  constructor(private readonly providers: Readonly<Record<'coordinator' | 'openai', StepHandler>>) {}

  async run(context: StepContext): Promise<StepResult> {
    return this.providerFor(context).run(context);
  }

  async resume(context: StepContext, wait: StepWait): Promise<StepResult> {
    const provider = this.providerFor(context);
    return provider.resume ? provider.resume(context, wait) : provider.run(context);
  }

  /** Only the coordinator's jobs outlive an attempt, and it takes the key of an attempt that submitted none. */
  async release(held: HeldStep): Promise<void> {
    await this.providers.coordinator.release?.(held);
  }

  private providerFor({ step }: StepContext): StepHandler {
    const provider = providerOf(step);
    if (provider === undefined) throw new StepFailure('bad_config', 'model_requirements.provider is unknown', false);
    return this.providers[provider];
  }
}
