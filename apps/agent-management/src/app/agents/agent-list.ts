import type { PageRequest } from '@aitbc/shared-core';
import { Agent, type AgentLifecycle, type AgentStatus, onlineSince } from '@aitbc/shared-domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';

/** Which agents. */
export interface AgentFilter {
  /** Whose; `undefined` is everybody's, for admins. */
  readonly ownerId: string | undefined;
  /** The status at the time of the call. */
  readonly status?: AgentStatus | undefined;
  readonly capability?: string | undefined;
  readonly onlineOnly?: boolean;
  /** Without it, all but the retired ones. */
  readonly lifecycle?: AgentLifecycle | undefined;
}

/** The agents that match at `now`, in no order. */
export function matchingAgents(manager: EntityManager, filter: AgentFilter, now: number): SelectQueryBuilder<Agent> {
  const query = manager.createQueryBuilder(Agent, 'a');
  // True of every id: without an owner it makes the primary key an index range to walk.
  query.where(filter.ownerId === undefined ? `a.id > ''` : 'a.ownerId = :ownerId', filter);
  if (filter.lifecycle === undefined) query.andWhere(`a.lifecycle <> 'retired'`);
  else query.andWhere('a.lifecycle = :lifecycle', filter);
  if (filter.capability !== undefined) {
    query.andWhere(
      'EXISTS (SELECT 1 FROM agent_capabilities c WHERE c.capability = :capability AND c.agent_id = a.id)',
      filter,
    );
  }
  if (filter.status !== undefined) addStatus(query, filter.status, now);
  if (filter.onlineOnly) addOnline(query, now);
  return query;
}

/** One more than a page, by id. */
export function onePage(query: SelectQueryBuilder<Agent>, page: PageRequest): SelectQueryBuilder<Agent> {
  if (page.afterId !== undefined) query.andWhere('a.id > :afterId', page);
  return query
    .orderBy('a.id', 'ASC')
    .offset(page.offset)
    .limit(page.limit + 1);
}

/** Says in SQL what `statusAt` says of one agent. */
function addStatus(query: SelectQueryBuilder<Agent>, status: AgentStatus, now: number): void {
  const parameters = { status, since: onlineSince(now) };
  if (status === 'offline') {
    query.andWhere(`(a.status = 'offline' OR a.lastHeartbeatAt IS NULL OR a.lastHeartbeatAt < :since)`, parameters);
  } else {
    query.andWhere('a.status = :status AND a.lastHeartbeatAt >= :since', parameters);
  }
}

function addOnline(query: SelectQueryBuilder<Agent>, now: number): void {
  query.andWhere(`a.status <> 'offline' AND a.lastHeartbeatAt >= :onlineSince`, { onlineSince: onlineSince(now) });
}
