import { PageQuery } from '@aitbc/shared-core';
import {
  AGENT_LIFECYCLES,
  AGENT_STATUSES,
  type AgentLifecycle,
  type AgentStatus,
  type JsonObject,
} from '@aitbc/shared-domain';
import { IsBoolean, IsDefined, IsIn, IsNumber, IsOptional, IsString, Length, Matches, Min } from 'class-validator';
import { AgentName, Capabilities, EndpointUrl, IfPresent, PlainText, SmallJsonObject } from './agent-fields';

/** Ids that clients choose for their agents. */
const AGENT_ID_PATTERN = /^[A-Za-z0-9._:-]{1,100}$/;

/** Body of `POST /agents/register`. */
export class RegisterAgentDto {
  /** Chosen by the client (1..100 of `[A-Za-z0-9._:-]`); made when absent. */
  @IfPresent()
  @IsString()
  @Matches(AGENT_ID_PATTERN, { message: 'must be 1 to 100 of A-Z a-z 0-9 . _ : -' })
  agent_id?: string;

  @AgentName()
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

  /** What the agent can do. */
  @Capabilities()
  capabilities: string[];

  /** Default `agent`. */
  @IfPresent()
  @PlainText(1, 50)
  agent_type?: string;

  /** Where the agent answers. */
  @EndpointUrl()
  endpoint_url?: string | null;

  /** Whatever the owner wants to keep with it. */
  @IfPresent()
  @SmallJsonObject()
  metadata?: JsonObject;
}

/** Body of `PATCH /agents/{agent_id}`: absent fields stay as they are, `null` clears `name` and `endpoint_url`. */
export class PatchAgentDto {
  @AgentName()
  name?: string | null;

  /** Replaces the whole list. */
  @IfPresent()
  @Capabilities()
  capabilities?: string[];

  @EndpointUrl()
  endpoint_url?: string | null;

  /** Replaces the whole object. */
  @IfPresent()
  @SmallJsonObject()
  metadata?: JsonObject;
}

/** Body of `POST /agents/{agent_id}/heartbeat`. */
export class HeartbeatDto {
  /** How busy the agent is, in a unit of its own (0 is idle). */
  @IsOptional()
  @IsNumber()
  @Min(0)
  load?: number | null;

  /** Figures that the agent wants to show. */
  @IsOptional()
  @SmallJsonObject()
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
  @PlainText(1, 100)
  capability?: string;

  /** Only agents whose status now is not `offline`. */
  @IsBoolean()
  online_only: boolean = false;

  /** Without it, all but the retired ones. */
  @IsOptional()
  @IsIn(AGENT_LIFECYCLES)
  lifecycle?: AgentLifecycle;
}
