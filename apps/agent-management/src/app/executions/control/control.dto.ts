import { IsInstant, IsJsonValue } from '@aitbc/shared-core';
import { EXECUTION_STATUSES, type ExecutionStatus, type JsonValue } from '@aitbc/shared-domain';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const MAX_IN_BULK = 1_000;

/** Body of `POST /executions/{id}/cancel` and `/pause`. */
export class ReasonDto {
  /** Kept in the history. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

/** Body of `POST /executions/{id}/retry`. */
export class RetryDto {
  /** This step and all after it run again, whether or not they have completed. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  from_step?: string;

  /** Version of the workflow to go on with; by default the one that was run. The steps that are kept must be the same in it. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

/** Body of `POST /executions/{id}/signals/{name}`. */
export class SignalDto {
  /** Any JSON: what the waiting step sees as `signal`. */
  @IsOptional()
  @IsJsonValue()
  data: JsonValue = null;
}

/** Which executions a bulk request means: those that match all of the filters. At least one is needed. */
export class BulkDto {
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_IN_BULK)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  execution_ids?: string[];

  @IsOptional()
  @IsString()
  @Length(1, 60)
  workflow_id?: string;

  @IsOptional()
  @IsIn(EXECUTION_STATUSES)
  status?: ExecutionStatus;

  /** Created at or after this instant. */
  @IsOptional()
  @IsInstant()
  created_from?: string;

  /** Created before this instant. */
  @IsOptional()
  @IsInstant()
  created_until?: string;

  /** How many to change at most; when there are more, the answer says so. */
  @IsInt()
  @Min(1)
  @Max(MAX_IN_BULK)
  limit: number = MAX_IN_BULK;
}

/** Body of `POST /executions/cancel`. */
export class BulkCancelDto extends BulkDto {
  /** Kept in the history of each. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  reason?: string;
}
