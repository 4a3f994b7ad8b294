import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { JsonColumn, TextColumn, TimeColumn } from '../columns/columns';
import type { JsonObject } from '../json';
import { oneOf } from '../columns/checks';
import { AGENT_LIFECYCLES, AGENT_STATUSES, type AgentLifecycle, type AgentStatus } from './agent.enums';

/** A registered autonomous worker or persona, with its keys and capabilities. */
@Entity('agents')
@Index('ix_agents_owner', ['ownerId', 'id'])
@Index('ix_agents_heartbeat', ['lastHeartbeatAt'])
@Check('ck_agents_lifecycle', oneOf('lifecycle', AGENT_LIFECYCLES))
@Check('ck_agents_status', oneOf('status', AGENT_STATUSES))
export class Agent {
  /** Chosen by the client (1..100 of `[A-Za-z0-9._:-]`) or made. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id: string;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  @TextColumn(100, { nullable: true })
  name: string | null;

  /** Ed25519 public key as a JWK (RFC 8037). */
  @JsonColumn({ name: 'public_key' })
  publicKey: JsonObject;

  @TextColumn(4096, { name: 'encryption_key', nullable: true })
  encryptionKey: string | null;

  @JsonColumn()
  capabilities: string[];

  @TextColumn(50, { name: 'agent_type' })
  agentType: string;

  @TextColumn(2048, { name: 'endpoint_url', nullable: true })
  endpointUrl: string | null;

  @JsonColumn()
  metadata: JsonObject;

  @TextColumn(20)
  lifecycle: AgentLifecycle;

  /** As the agent reported it last; see `statusAt` for what it is now. */
  @TextColumn(20)
  status: AgentStatus;

  /** The `load` and `metrics` of the last heartbeat. */
  @JsonColumn({ name: 'last_report', nullable: true })
  lastReport: JsonObject | null;

  @TimeColumn({ name: 'last_heartbeat_at', nullable: true })
  lastHeartbeatAt: number | null;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}

/** One capability of one agent, so that a search by capability reads an index. */
@Entity('agent_capabilities')
@Index('ix_agent_capabilities_agent', ['agentId'])
export class AgentCapability {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  capability: string;

  @PrimaryColumn({ type: 'varchar', length: 100, name: 'agent_id' })
  @ForeignKey(() => Agent, { name: 'fk_agent_capabilities_agent', onDelete: 'CASCADE' })
  agentId: string;
}
