import type { JsonObject, JsonValue } from '../json';
import type { StepRetryPolicy } from './workflow.entity';
import type { StepType } from './workflow.enums';

/** What a step is to do, with every default filled in: later changes of defaults do not reach stored versions. */
export interface StepSpecification {
  /** `^[a-z][a-z0-9_]{0,63}$`. */
  readonly id: string;
  readonly name: string;
  readonly stepType: StepType;
  readonly config: JsonObject;
  readonly modelRequirements: JsonObject;
  /** A text is a JSONata expression, `{literal: x}` is `x`, any other JSON value is itself; null: the input is the scope. */
  readonly inputMappings: Readonly<Record<string, JsonValue>> | null;
  readonly outputMappings: Readonly<Record<string, JsonValue>> | null;
  readonly maxRetries: number;
  readonly retryPolicy: StepRetryPolicy;
  /** JSONata; a step for which it gives `false` is skipped. */
  readonly when: string | null;
}
