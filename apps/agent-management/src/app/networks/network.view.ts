import { etagOf } from '@aitbc/shared-core';
import type { AgentNetwork } from '@aitbc/shared-domain';

export function networkEtag({ updatedAt }: AgentNetwork): string {
  return etagOf(updatedAt);
}

/** A network as it is answered. */
export function networkBody(network: AgentNetwork) {
  return {
    id: network.id,
    owner_id: network.ownerId,
    name: network.name,
    description: network.description,
    agents: network.agents,
    coordination: network.coordination,
    created_at: new Date(network.createdAt).toISOString(),
    updated_at: new Date(network.updatedAt).toISOString(),
  };
}
