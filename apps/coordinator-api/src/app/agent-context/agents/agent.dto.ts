import { IsJsonObject, PageQuery } from '@aitbc/shared-core';
import {
  AGENT_LIFECYCLES,
  AGENT_STATUSES,
  type AgentLifecycle,
  type AgentStatus,
  type JsonObject,
} from '@aitbc/shared-domain';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { MaxJsonBytes } from './max-json-bytes';

/** Ids that clients choose for their agents. */
export const AGENT_ID_PATTERN = /^[A-Za-z0-9._:-]{1,100}$/;
const MAX_CAPABILITIES = 50;
const MAX_METADATA_BYTES = 16_384;
const ENDPOINT = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const WITHOUT_CONTROLS = /^\P{Cc}*$/u;

/** Unlike `IsOptional`, which lets `null` through as well. */
const IfPresent = () => ValidateIf((_dto, value: unknown) => value !== undefined);

/** Body of `POST /agents/register`. */
export class RegisterAgentDto {
  /** Chosen by the client (1..100 of `[A-Za-z0-9._:-]`); made when absent. */
  @IfPresent()
  @IsString()
  @Matches(AGENT_ID_PATTERN, { message: 'must be 1 to 100 of A-Z a-z 0-9 . _ : -' })
  agent_id?: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(WITHOUT_CONTROLS, { message: 'must be without control characters' })
  name?: string | null;

  /** Ed25519 public key: a JWK, or base64url of the 32 raw bytes. Stored and answered as a JWK. */
  @IsDefined({ message: 'is required' })
  public_key: unknown;

  /** Public key by which others encrypt for the agent; opaque to the platform. */
  @IsOptional()
  @IsString()
  @Length(1, 4096)
  @Matches(/^[^\0]*$/, { message: 'must be without NUL characters' })
  encryption_key?: string | null;

  /** What the agent can do; at most 50 names without control characters. */
  @IsArray()
  @ArrayMaxSize(MAX_CAPABILITIES)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @Matches(WITHOUT_CONTROLS, { each: true, message: 'each must be without control characters' })
  capabilities: string[];

  @IfPresent()
  @IsString()
  @Length(1, 50)
  @Matches(WITHOUT_CONTROLS, { message: 'must be without control characters' })
  agent_type?: string;

  /** Where the agent answers, http or https. */
  @IsOptional()
  @MaxLength(2048)
  @IsUrl(ENDPOINT, { message: 'must be an http or https URL' })
  endpoint_url?: string | null;

  /** Whatever the owner wants to keep with it; at most 16 KiB of JSON. */
  @IfPresent()
  @IsJsonObject()
  @MaxJsonBytes(MAX_METADATA_BYTES)
  metadata?: JsonObject;
}

/** Body of `PATCH /agents/{agent_id}`: absent fields stay as they are, `null` clears `name` and `endpoint_url`. */
export class PatchAgentDto {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(WITHOUT_CONTROLS, { message: 'must be without control characters' })
  name?: string | null;

  /** Replaces the whole list. */
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(MAX_CAPABILITIES)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  @Matches(WITHOUT_CONTROLS, { each: true, message: 'each must be without control characters' })
  capabilities?: string[];

  @IsOptional()
  @MaxLength(2048)
  @IsUrl(ENDPOINT, { message: 'must be an http or https URL' })
  endpoint_url?: string | null;

  /** Replaces the whole object. */
  @IfPresent()
  @IsJsonObject()
  @MaxJsonBytes(MAX_METADATA_BYTES)
  metadata?: JsonObject;
}

/** Body of `POST /agents/{agent_id}/heartbeat`. */
export class HeartbeatDto {
  /** How busy the agent is, in a unit of its own (0 is idle). */
  @IsOptional()
  @IsNumber()
  @Min(0)
  load?: number | null;

  /** Figures that the agent wants to show; at most 16 KiB of JSON. */
  @IsOptional()
  @IsJsonObject()
  @MaxJsonBytes(MAX_METADATA_BYTES)
  metrics?: JsonObject | null;
}

/** Body of `POST /agents/{agent_id}/status`. */
export class AgentStatusDto {
  @IsIn(AGENT_STATUSES)
  status: AgentStatus;
}

/** Filters of `GET /agents`. */
export class AgentListQuery extends PageQuery {
  /** The status now, which is `offline` for agents that have been silent for too long. */
  @IsOptional()
  @IsIn(AGENT_STATUSES)
  status?: AgentStatus;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(WITHOUT_CONTROLS, { message: 'must be without control characters' })
  capability?: string;

  /** Only agents whose status now is not `offline`. */
  @IsBoolean()
  online_only: boolean = false;

  /** Without it, all but the retired ones. */
  @IsOptional()
  @IsIn(AGENT_LIFECYCLES)
  lifecycle?: AgentLifecycle;
}
