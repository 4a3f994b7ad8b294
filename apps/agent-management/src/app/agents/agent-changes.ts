import { parseEd25519PublicKey } from '@aitbc/shared-core';
import { type Agent, nextUpdate } from '@aitbc/shared-domain';
import type { PatchAgentDto, RegisterAgentDto } from './agent.dto';

/**
 * A new agent. It has reported nothing yet, so it is offline until its first heartbeat, and available from then on.
 * @throws AppError `validation_failed` at `/public_key`.
 */
export function registeredAgent(request: RegisterAgentDto, id: string, ownerId: string, now: number): Agent {
  return {
    id,
    ownerId,
    name: request.name ?? null,
    publicKey: { ...parseEd25519PublicKey(request.public_key, '/public_key').jwk },
    encryptionKey: request.encryption_key ?? null,
    capabilities: request.capabilities,
    agentType: request.agent_type ?? 'agent',
    endpointUrl: request.endpoint_url ?? null,
    metadata: request.metadata ?? {},
    lifecycle: 'registered',
    status: 'available',
    lastReport: null,
    lastHeartbeatAt: null,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The agent after its owner registered it again. Agents do so at each start, so what the request leaves out stays: it
 * may have been set by PATCH.
 */
export function reregisteredAgent(known: Agent, fresh: Agent, request: RegisterAgentDto): Agent {
  return {
    ...known,
    publicKey: fresh.publicKey,
    capabilities: fresh.capabilities,
    name: request.name === undefined ? known.name : fresh.name,
    encryptionKey: request.encryption_key === undefined ? known.encryptionKey : fresh.encryptionKey,
    agentType: request.agent_type === undefined ? known.agentType : fresh.agentType,
    endpointUrl: request.endpoint_url === undefined ? known.endpointUrl : fresh.endpointUrl,
    metadata: request.metadata === undefined ? known.metadata : fresh.metadata,
    updatedAt: nextUpdate(known.updatedAt, fresh.updatedAt),
  };
}

/** Absent fields stay as they are. */
export function patchedAgent(agent: Agent, request: PatchAgentDto, now: number): Agent {
  return {
    ...agent,
    name: request.name === undefined ? agent.name : request.name,
    capabilities: request.capabilities ?? agent.capabilities,
    endpointUrl: request.endpoint_url === undefined ? agent.endpointUrl : request.endpoint_url,
    metadata: request.metadata ?? agent.metadata,
    updatedAt: nextUpdate(agent.updatedAt, now),
  };
}
