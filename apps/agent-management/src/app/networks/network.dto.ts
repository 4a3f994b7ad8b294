import { COORDINATION_KINDS, type CoordinationKind } from '@aitbc/shared-domain';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IfPresent, PlainText } from '../agents';
import { AgentIds } from './agent-ids';

const MAX_DESCRIPTION_LENGTH = 5_000;
const WITHOUT_NUL = { message: 'must be without NUL characters' };

/** Body of `POST /networks`. */
export class NetworkDto {
  @PlainText(1, 100)
  name: string;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_DESCRIPTION_LENGTH)
  @Matches(/^[^\0]*$/, WITHOUT_NUL)
  description?: string | null;

  /** Ids of 1 to 200 agents of the owner; none of them retired. */
  @AgentIds()
  agents: string[];

  /** Who decides in the network. */
  @IsIn(COORDINATION_KINDS)
  coordination: CoordinationKind = 'centralized';
}

/** Body of `PATCH /networks/{network_id}`: absent fields stay as they are, `null` clears `description`. */
export class PatchNetworkDto {
  @IfPresent()
  @PlainText(1, 100)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(MAX_DESCRIPTION_LENGTH)
  @Matches(/^[^\0]*$/, WITHOUT_NUL)
  description?: string | null;

  /** Replaces the whole list. */
  @IfPresent()
  @AgentIds()
  agents?: string[];

  @IfPresent()
  @IsIn(COORDINATION_KINDS)
  coordination?: CoordinationKind;
}
