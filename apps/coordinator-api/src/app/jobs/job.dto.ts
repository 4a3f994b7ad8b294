import type { JobConstraints, JobState } from '@aitbc/contracts';
import { CUDA_VERSION, JOB_STATES } from '@aitbc/coordinator-domain';
import { IsInstant, IsJsonObject, IsMoney, PageQuery } from '@aitbc/shared-core';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DEFAULT_TTL_SECONDS, MAX_TTL_SECONDS } from './new-job';

/** Names are compared and shown, so control characters have no place in them (and PostgreSQL stores no NUL). */
const PRINTABLE = /^\P{Cc}*$/u;
const PRINTABLE_MESSAGE = { message: 'must not hold control characters' };

export class JobPayloadDto {
  /** A kind of `GET /services`. */
  @IsString()
  @Length(1, 40)
  service_type: string;

  /** What the kind's JSON Schema describes. */
  @IsJsonObject()
  service_request: Record<string, unknown>;

  /** The agent for which the job is done; it must be active and the client's own. */
  @IsOptional()
  @Length(1, 100)
  @Matches(/^[A-Za-z0-9._:-]+$/)
  agent_id?: string;

  @IsOptional()
  @Length(1, 60)
  @Matches(/^[A-Za-z0-9_-]+$/)
  execution_id?: string;

  @IsOptional()
  @Length(1, 64)
  @Matches(/^[A-Za-z0-9_-]+$/)
  step_id?: string;
}

/** What a miner must have to get the job; all that is given must hold. */
export class JobConstraintsDto implements JobConstraints {
  /** Exact model name of a GPU. */
  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  gpu?: string;

  /** Lowest CUDA version, `major.minor`. */
  @IsOptional()
  @Matches(CUDA_VERSION, { message: 'must be a version such as 12.4' })
  cuda?: string;

  /** Lowest memory of one GPU, in GiB; with `gpu`, of a GPU of that model. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(100_000)
  min_vram_gb?: number;

  /** Models that the miner must have, all of them. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Length(1, 200, { each: true })
  @Matches(PRINTABLE, { each: true, ...PRINTABLE_MESSAGE })
  models?: string[];

  /** Where the miner says that it is; compared exactly. */
  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  region?: string;

  /** Highest price of the job in coins. */
  @IsOptional()
  @IsMoney()
  max_price?: number;
}

/** Body of `POST /jobs`. */
export class SubmitJobDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => JobPayloadDto)
  payload: JobPayloadDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => JobConstraintsDto)
  constraints?: JobConstraintsDto;

  /** Seconds that the job may stay in the queue. */
  @IsInt()
  @Min(1)
  @Max(MAX_TTL_SECONDS)
  ttl_seconds: number = DEFAULT_TTL_SECONDS;

  /** What the client offers to pay, in coins; recorded with the job. */
  @IsOptional()
  @IsMoney()
  payment_amount?: number;

  @IsOptional()
  @Matches(/^[A-Z0-9]{2,10}$/)
  payment_currency?: string;
}

/** Query of `GET /jobs` and `GET /jobs/history`. */
export class JobListQuery extends PageQuery {
  @IsOptional()
  @IsIn(JOB_STATES)
  status?: JobState;

  /** A service type. */
  @IsOptional()
  @Length(1, 40)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  job_type?: string;

  /** Requested at this time or later (RFC 3339). */
  @IsOptional()
  @IsInstant()
  from_time?: string;

  /** Requested before this time (RFC 3339). */
  @IsOptional()
  @IsInstant()
  to_time?: string;
}

/** Query of `GET /jobs/{job_id}/result`. */
export class ResultQuery {
  /** Seconds to wait for the end of the job. */
  @IsInt()
  @Min(0)
  @Max(60)
  wait: number = 0;
}

/** Query of `GET /jobs/changes`. */
export class ChangesQuery {
  /** `next_cursor` of the answer before; without it only the cursor of now is answered. */
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'is not a cursor of this feed' })
  after?: string;

  /** Seconds to wait for the first change. */
  @IsInt()
  @Min(0)
  @Max(60)
  wait: number = 30;
}
