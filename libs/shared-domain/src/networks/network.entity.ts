import { Check, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../columns/checks';
import { JsonColumn, LongTextColumn, TextColumn, TimeColumn } from '../columns/columns';

export const COORDINATION_KINDS = ['centralized', 'decentralized', 'hierarchical'] as const;
export type CoordinationKind = (typeof COORDINATION_KINDS)[number];

/** A group of agents that work together. */
@Entity('agent_networks')
@Index('ix_agent_networks_owner', ['ownerId', 'id'])
@Check('ck_agent_networks_coordination', oneOf('coordination', COORDINATION_KINDS))
export class AgentNetwork {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  @TextColumn(100)
  name: string;

  @LongTextColumn({ nullable: true })
  description: string | null;

  /** Ids of its agents. */
  @JsonColumn()
  agents: string[];

  @TextColumn(20)
  coordination: CoordinationKind;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}
