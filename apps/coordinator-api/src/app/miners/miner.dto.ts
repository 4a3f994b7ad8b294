import type { MinerCapabilities, MinerChunks, MinerFailure, MinerRegistration, MinerResult } from '@aitbc/contracts';
import { CUDA_VERSION } from '@aitbc/coordinator-domain';
import { IsInstant, IsJsonObject, IsJsonValue, IsMoney } from '@aitbc/shared-core';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

/** Names are compared and shown, so control characters have no place in them (and PostgreSQL stores no NUL). */
const PRINTABLE = /^\P{Cc}*$/u;
const PRINTABLE_MESSAGE = { message: 'must not hold control characters' };

export class GpuDto {
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  name: string;

  /** MiB. */
  @IsInt()
  @Min(1)
  @Max(100_000_000)
  memory_mb: number;
}

/** What a miner can do. Also the body of `PUT /miners/{miner_id}/capabilities`. */
export class CapabilitiesDto implements MinerCapabilities {
  /** Kinds of jobs that it takes; without it, every kind. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(/^[a-z][a-z0-9_]{0,39}$/, { each: true })
  services?: string[];

  @IsArray()
  @ArrayMaxSize(1_000)
  @Length(1, 200, { each: true })
  @Matches(PRINTABLE, { each: true, ...PRINTABLE_MESSAGE })
  models: string[] = [];

  @IsArray()
  @ArrayMaxSize(64)
  @ValidateNested({ each: true })
  @Type(() => GpuDto)
  gpus: GpuDto[] = [];

  /** CUDA version, `major.minor`. */
  @IsOptional()
  @Matches(CUDA_VERSION, { message: 'must be a version such as 12.4' })
  cuda?: string;

  /** Price of a job in coins; without it, nothing. */
  @IsMoney()
  price: number = 0;
}

/** Body of `POST /miners/register`. */
export class RegisterMinerDto implements Omit<MinerRegistration, 'capabilities'> {
  @IsOptional()
  @Length(1, 100)
  @Matches(/^[A-Za-z0-9._:@-]+$/)
  miner_id?: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => CapabilitiesDto)
  capabilities: CapabilitiesDto;

  /** How many jobs it runs at once. */
  @IsInt()
  @Min(1)
  @Max(64)
  concurrency: number = 1;

  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  region?: string;

  /** Ed25519 public key as a JWK or as base64url of the 32 raw bytes; its soundness is checked apart. */
  @IsDefined()
  public_key: string | Record<string, unknown>;
}

/** Query of `GET /miners/{miner_id}/earnings`. */
export class EarningsQuery {
  /** Receipts issued at this time or later (RFC 3339). */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** Receipts issued before this time (RFC 3339). */
  @IsOptional()
  @IsInstant()
  to?: string;
}

/** Body of `POST /miners/heartbeat`. */
export class HeartbeatDto {
  /** Ids of the jobs that it runs, whose leases are renewed; or only their number, and all its leases are renewed. */
  @IsInflight()
  inflight: string[] | number = 0;

  /** A word about itself. */
  @Matches(/^[A-Za-z_]{1,20}$/)
  status: string = 'available';

  @IsOptional()
  @IsJsonObject()
  metadata?: Record<string, unknown>;
}

/** Body of `POST /miners/poll`. */
export class PollDto {
  @IsInt()
  @Min(0)
  @Max(30)
  max_wait_seconds: number = 10;
}

export class MetricsDto {
  @IsOptional()
  @IsNumber()
  @Min(0)
  duration_ms?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  peak_memory_mb?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  prompt_tokens?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  completion_tokens?: number;
}

/** Body of `POST /miners/{job_id}/result`. */
export class JobResultDto implements MinerResult {
  @IsJsonValue()
  result: unknown;

  /** Compact JWS over a `MinerResultClaim`. */
  @IsString()
  @Length(1, 4_096)
  signature: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => MetricsDto)
  metrics?: MetricsDto;
}

/** Body of `POST /miners/{job_id}/chunks`. */
export class JobChunksDto implements MinerChunks {
  /** The attempt that the text is of. */
  @IsInt()
  @Min(1)
  attempt: number;

  /** Place of the first piece in its attempt, from 1: what was sent before, and came, is not taken twice. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  first: number;

  /** Pieces of the text, in order. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(256)
  @IsString({ each: true })
  @Length(1, 4_000, { each: true })
  texts: string[];
}

/** Body of `POST /miners/{job_id}/fail`. */
export class JobFailureDto implements MinerFailure {
  @IsString()
  @MaxLength(4_000)
  error: string;

  /** The attempt that failed; by default the one that the miner holds. */
  @IsOptional()
  @IsInt()
  @Min(1)
  attempt?: number;

  /** `false`: the request itself is bad, so no other miner should try. */
  @IsBoolean()
  retryable: boolean = true;
}

function IsInflight(): PropertyDecorator {
  const isJobId = (id: unknown): boolean => typeof id === 'string' && /^[A-Za-z0-9_-]{1,60}$/.test(id);
  const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
  const isList = (value: unknown): boolean => Array.isArray(value) && value.length <= 1_000 && value.every(isJobId);
  return ValidateBy({
    name: 'isInflight',
    validator: {
      validate: (value: unknown) => isList(value) || (isCount(value) && Number(value) <= 1_000_000),
      defaultMessage: () => 'must be a list of job ids, or their number',
    },
  });
}
