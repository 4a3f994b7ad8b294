import { etagOf, timeText } from '@aitbc/shared-core';
import { type Agent, statusAt } from '@aitbc/shared-domain';

/** Of what its owner and admins change; a heartbeat changes it not. */
export function agentEtag({ updatedAt }: Agent): string {
  return etagOf(updatedAt);
}

/** An agent as it is answered; `status` is the one at `now`. */
export function agentBody(agent: Agent, now: number) {
  return {
    id: agent.id,
    agent_id: agent.id,
    owner_id: agent.ownerId,
    name: agent.name,
    public_key: agent.publicKey,
    encryption_key: agent.encryptionKey,
    capabilities: agent.capabilities,
    agent_type: agent.agentType,
    endpoint_url: agent.endpointUrl,
    metadata: agent.metadata,
    lifecycle: agent.lifecycle,
    status: statusAt(now, agent.status, agent.lastHeartbeatAt),
    last_heartbeat_at: agent.lastHeartbeatAt === null ? null : timeText(agent.lastHeartbeatAt),
    created_at: timeText(agent.createdAt),
    updated_at: timeText(agent.updatedAt),
  };
}

/** The agent with the `load` and `metrics` of its last heartbeat, and what other features know of it. */
export function profileBody(agent: Agent, now: number, parts: Readonly<Record<string, object>>) {
  return { ...parts, ...agentBody(agent, now), last_report: agent.lastReport };
}
