import { IsJsonObject, IsMoney, PageQuery, RecordOf } from '@aitbc/shared-core';
import { type JsonObject, VERIFICATION_LEVELS, type VerificationLevel } from '@aitbc/shared-domain';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { StepDto } from './step.dto';
import { WithoutNul } from './without-nul';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_EXECUTION_SECONDS,
  MAX_STEPS,
  MAX_TAG_LENGTH,
  MAX_TAGS,
  STEP_ID_PATTERN,
} from './workflow-limits';

/** A whole workflow as clients write it: the body of create, update and validate. */
export class WorkflowDto {
  @IsString()
  @Length(1, 100)
  @WithoutNul()
  name: string;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_DESCRIPTION_LENGTH)
  @WithoutNul()
  description?: string | null;

  /** No commas, since lists are filtered by `tags=a,b`. */
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_TAG_LENGTH, { each: true })
  @Matches(/^[^,\0]*$/, { each: true, message: 'each tag must be without commas and NUL characters' })
  tags: string[] = [];

  /** Whether others may read and execute it. */
  @IsBoolean()
  is_public: boolean = false;

  @RecordOf(() => StepDto, { key: STEP_ID_PATTERN, min: 1, max: MAX_STEPS })
  steps: Record<string, StepDto>;

  /** For each step that has any: the ids of the steps that must end before it. Acyclic. */
  @IsJsonObject()
  dependencies: JsonObject = {};

  /** For each key of the result its JSONata expression; default: the outputs of the steps nobody depends on. */
  @IsOptional()
  @IsJsonObject()
  outputs?: JsonObject | null;

  /** Seconds. */
  @IsInt()
  @Min(1)
  @Max(MAX_EXECUTION_SECONDS)
  max_execution_time: number = 3600;

  /** Coins with at most 8 decimals; 0 is no limit. */
  @IsMoney()
  max_cost_budget: number = 0;

  /** `false`: no checks are made, so that receipts have none and state `verified: false`. Not with level `full`. */
  @IsBoolean()
  requires_verification: boolean = true;

  /** How executions are verified: `basic` or `full` (`zero-knowledge` is refused, since it is not available yet). */
  @IsIn(VERIFICATION_LEVELS)
  verification_level: VerificationLevel = 'basic';
}

/** Filters of `GET /workflows`. */
export class WorkflowListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @WithoutNul()
  owner_id?: string;

  @IsOptional()
  @IsBoolean()
  is_public?: boolean;

  /** `tags=a,b`: workflows that have all of them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @IsString({ each: true })
  @WithoutNul({ each: true })
  tags?: string[];
}

/** `DELETE /workflows/{workflow_id}`. */
export class DeleteWorkflowQuery {
  /** Cancels its running executions instead of refusing. */
  @IsBoolean()
  force: boolean = false;
}
