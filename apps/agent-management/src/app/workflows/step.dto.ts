import { IsJsonObject } from '@aitbc/shared-core';
import {
  DEFAULT_RETRY_POLICY,
  type JsonObject,
  STEP_TYPES,
  type StepRetryPolicy,
  type StepType,
  VERIFICATION_LEVELS,
  type VerificationLevel,
} from '@aitbc/shared-domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { WithoutNul } from './without-nul';
import {
  MAX_BACKOFF_COEFFICIENT,
  MAX_EXECUTION_SECONDS,
  MAX_NON_RETRYABLE_ERRORS,
  MAX_RETRIES,
  MAX_RETRY_INTERVAL_MS,
} from './workflow-limits';

/** How a failed attempt is repeated: exponential back-off up to a ceiling. */
export class RetryPolicyDto implements StepRetryPolicy {
  /** Milliseconds before the second attempt. */
  @IsInt()
  @Min(0)
  @Max(MAX_RETRY_INTERVAL_MS)
  initial_interval_ms: number = DEFAULT_RETRY_POLICY.initial_interval_ms;

  /** By how much each wait is longer than the one before. */
  @IsNumber()
  @Min(1)
  @Max(MAX_BACKOFF_COEFFICIENT)
  backoff_coefficient: number = DEFAULT_RETRY_POLICY.backoff_coefficient;

  /** Milliseconds that no wait exceeds; not less than `initial_interval_ms`. */
  @IsInt()
  @Min(0)
  @Max(MAX_RETRY_INTERVAL_MS)
  maximum_interval_ms: number = DEFAULT_RETRY_POLICY.maximum_interval_ms;

  /** Whether waits are spread at random, so that many failures do not come back together. */
  @IsBoolean()
  jitter: boolean = DEFAULT_RETRY_POLICY.jitter;

  /** Error codes after which the step is not tried again. */
  @IsArray()
  @ArrayMaxSize(MAX_NON_RETRYABLE_ERRORS)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  non_retryable_errors: string[] = [...DEFAULT_RETRY_POLICY.non_retryable_errors];
}

/** One step of a workflow as clients write it. */
export class StepDto {
  @IsString()
  @Length(1, 100)
  @WithoutNul()
  name: string;

  @IsIn(STEP_TYPES)
  step_type: StepType;

  /** What the step type asks for: `expression`, `schema`, `code`, `service_type`, …; at most 64 KiB of JSON. */
  @IsOptional()
  @IsJsonObject()
  config?: JsonObject | null;

  /** For `inference` and `training`: `provider` (`coordinator` or `openai`), `model` and what the provider takes. */
  @IsOptional()
  @IsJsonObject()
  model_requirements?: JsonObject | null;

  /** A text is a JSONata expression, `{"literal": x}` is `x`, any other JSON value is itself. */
  @IsOptional()
  @IsJsonObject()
  input_mappings?: JsonObject | null;

  /** As `input_mappings`, over the step's output. */
  @IsOptional()
  @IsJsonObject()
  output_mappings?: JsonObject | null;

  /** Seconds that one attempt may take. */
  @IsInt()
  @Min(1)
  @Max(MAX_EXECUTION_SECONDS)
  timeout_seconds: number = 300;

  /** Further attempts after a failed one. */
  @IsInt()
  @Min(0)
  @Max(MAX_RETRIES)
  max_retries: number = 3;

  @IsOptional()
  @Type(() => RetryPolicyDto)
  @ValidateNested()
  retry_policy?: RetryPolicyDto | null;

  /** JSONata; when it gives `false`, the step is `skipped`. */
  @IsOptional()
  @IsString()
  @WithoutNul()
  when?: string | null;

  /** A proof of this step alone; `true` is refused, since there are none yet. */
  @IsBoolean()
  requires_proof: boolean = false;

  /** Default: that of the execution. A stricter one raises the level of the whole execution to it. */
  @IsOptional()
  @IsIn(VERIFICATION_LEVELS)
  verification_level?: VerificationLevel | null;
}
