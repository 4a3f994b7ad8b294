import { IsJsonObject, IsMoney, PageQuery } from '@aitbc/shared-core';
import {
  EXECUTION_STATUSES,
  type ExecutionStatus,
  type JsonObject,
  VERIFICATION_LEVELS,
  type VerificationLevel,
} from '@aitbc/shared-domain';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

const MAX_EXECUTION_SECONDS = 604_800;

/** Body of `POST /workflows/{workflow_id}/execute`. What is absent comes from the workflow. */
export class ExecuteDto {
  /** Accepted when it equals the id in the path. */
  @IsOptional()
  @IsString()
  workflow_id?: string;

  @IsJsonObject()
  inputs: JsonObject = {};

  /** The agent on whose behalf it runs: owned by the caller, and active. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  agent_id?: string;

  /** By default that of the workflow. The strictest level that this or any step asks for is the execution's. */
  @IsOptional()
  @IsIn(VERIFICATION_LEVELS)
  verification_level?: VerificationLevel;

  /** Seconds. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_EXECUTION_SECONDS)
  max_execution_time?: number;

  /** Coins with at most 8 decimals; 0 is no limit. */
  @IsOptional()
  @IsMoney()
  max_cost_budget?: number;

  /** Version of the workflow; the current one by default. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}

/** Query of `GET /executions/{execution_id}` and of its `/status`. */
export class ExecutionWaitQuery {
  /** Seconds to wait for an event after `since`. */
  @IsInt()
  @Min(0)
  @Max(60)
  wait: number = 0;

  /** An `event_seq` that was answered before; by default the newest of now. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  since?: number;

  /** `final`: waits for the end alone, whatever happens before it. */
  @IsOptional()
  @IsIn(['final'])
  until?: 'final';
}

/** Filters of `GET /executions`. */
export class ExecutionListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Length(1, 60)
  workflow_id?: string;

  @IsOptional()
  @IsIn(EXECUTION_STATUSES)
  status?: ExecutionStatus;
}
