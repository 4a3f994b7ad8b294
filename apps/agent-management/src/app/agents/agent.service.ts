import { countAgents } from '@aitbc/agent-directory';
import { type AgentCounts } from '@aitbc/contracts';
import {
  AppError,
  type Database,
  type Expected,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import {
  AGENT_LIFECYCLES,
  type Agent,
  type AgentLifecycle,
  type AgentStatus,
  canChangeLifecycle,
  nextUpdate,
} from '@aitbc/shared-domain';
import { patchedAgent, registeredAgent, reregisteredAgent } from './agent-changes';
import type { AgentFilter } from './agent-list';
import type { HeartbeatDto, PatchAgentDto, RegisterAgentDto } from './agent.dto';
import type { AgentRepository } from './agent.repository';

/**
 * The use cases of agents. An agent is seen and changed by its owner and by admins; to others it does not exist. A
 * retired one is never changed again.
 */
export class AgentService {
  constructor(
    private readonly db: Database,
    private readonly repository: AgentRepository,
    readonly now: () => number = Date.now,
  ) {}

  /**
   * Registers an agent, or updates the one that the same owner has registered under this id.
   * @param within awaited in the same unit of work.
   * @throws AppError `validation_failed` for a bad key, `conflict` when the id is another owner's or the agent retired.
   */
  register(principal: Principal, request: RegisterAgentDto, within?: Within<Agent>): Promise<Agent> {
    const fresh = registeredAgent(request, request.agent_id ?? newId('agent'), principal.subject, this.now());
    return this.db.write(async () => {
      const agent = await this.store(fresh, request);
      await within?.(agent);
      return agent;
    });
  }

  list(principal: Principal, filter: Omit<AgentFilter, 'ownerId'>, page: PageRequest): Promise<Page<Agent>> {
    const ownerId = principal.role === 'admin' ? undefined : principal.subject;
    return this.repository.page({ ...filter, ownerId }, page, this.now());
  }

  /** @throws AppError `not_found`. */
  async get(principal: Principal, id: string): Promise<Agent> {
    const agent = await this.repository.find(id);
    if (!agent || !(principal.role === 'admin' || agent.ownerId === principal.subject)) throw notFound('agent', id);
    return agent;
  }

  /**
   * @param expected refuses a version that the caller does not know (`precondition_failed`).
   * @throws AppError `not_found`, `conflict` when retired.
   */
  patch(principal: Principal, id: string, request: PatchAgentDto, expected?: Expected<Agent>): Promise<Agent> {
    return this.db.write(async () => {
      const agent = await this.get(principal, id);
      expected?.(agent);
      assertNotRetired(agent);
      const changed = patchedAgent(agent, request, this.now());
      await this.repository.update(changed);
      return changed;
    });
  }

  /** @throws AppError `not_found`, `conflict` when retired. */
  heartbeat(principal: Principal, id: string, { load, metrics }: HeartbeatDto): Promise<Agent> {
    const lastReport = { ...(load == null ? {} : { load }), ...(metrics == null ? {} : { metrics }) };
    return this.hear(principal, id, { lastReport });
  }

  /**
   * What the agent says of itself; hearing from it is a heartbeat too.
   * @throws AppError `not_found`, `conflict` when retired.
   */
  reportStatus(principal: Principal, id: string, status: AgentStatus): Promise<Agent> {
    return this.hear(principal, id, { status });
  }

  /**
   * Moves the agent to a state of its life; staying where it is changes nothing.
   * @param expected refuses a version that the caller does not know (`precondition_failed`).
   * @throws AppError `not_found`, `conflict` when it cannot go there from where it is.
   */
  changeLifecycle(principal: Principal, id: string, to: AgentLifecycle, expected?: Expected<Agent>): Promise<Agent> {
    return this.db.write(async () => {
      const agent = await this.get(principal, id);
      expected?.(agent);
      if (agent.lifecycle === to) return agent;
      if (!canChangeLifecycle(agent.lifecycle, to)) {
        throw new AppError('conflict', `a ${agent.lifecycle} agent cannot become ${to}`);
      }
      // A retired agent will say nothing any more, so what it said last must not make it look online.
      const status = to === 'retired' ? 'offline' : agent.status;
      const updatedAt = nextUpdate(agent.updatedAt, this.now());
      const changed: Agent = { ...agent, lifecycle: to, status, updatedAt };
      await this.repository.update(changed);
      return changed;
    });
  }

  /**
   * For an execution that names an agent: it must be the principal's and active.
   * @param pointer to the field that named it.
   * @throws AppError `validation_failed`.
   */
  async requireActive(principal: Principal, id: string, pointer = '/agent_id'): Promise<Agent> {
    const agent = await this.repository.find(id);
    const problem = whyNotActive(agent, principal, id);
    if (agent && !problem) return agent;
    throw validationFailed([{ pointer, message: problem ?? '' }]);
  }

  /**
   * The same for many, in one statement: gives a function that throws what {@link requireActive} would. To be called
   * inside the unit that relies on it.
   */
  async activeAmong(ids: readonly string[]): Promise<(principal: Principal, id: string) => void> {
    const agents = ids.length === 0 ? [] : await this.repository.findAll(ids);
    const byId = new Map(agents.map((agent) => [agent.id, agent]));
    return (principal, id) => {
      const message = whyNotActive(byId.get(id), principal, id);
      if (message !== undefined) throw validationFailed([{ pointer: '/agent_id', message }]);
    };
  }

  counts(): Promise<AgentCounts> {
    return countAgents(this.db, this.now());
  }

  /** With a zero for states in which there is none. */
  async countsByLifecycle(): Promise<Record<AgentLifecycle, number>> {
    const counts = await this.repository.countsByLifecycle();
    const entries = AGENT_LIFECYCLES.map((lifecycle) => [lifecycle, counts.get(lifecycle) ?? 0] as const);
    return Object.fromEntries(entries) as Record<AgentLifecycle, number>;
  }

  private async store(fresh: Agent, request: RegisterAgentDto): Promise<Agent> {
    const known = await this.repository.find(fresh.id);
    if (!known) {
      await this.repository.insert(fresh);
      return fresh;
    }
    if (known.ownerId !== fresh.ownerId) throw new AppError('conflict', `the id '${fresh.id}' is taken`);
    assertNotRetired(known);
    const changed = reregisteredAgent(known, fresh, request);
    await this.repository.update(changed);
    return changed;
  }

  /** `updatedAt` stays: a heartbeat must not fail the owner's `If-Match`. */
  private hear(principal: Principal, id: string, said: Partial<Pick<Agent, 'status' | 'lastReport'>>): Promise<Agent> {
    return this.db.write(async () => {
      const agent = await this.get(principal, id);
      assertNotRetired(agent);
      const next = { ...agent, ...said, lastHeartbeatAt: this.now() };
      await this.repository.recordHeartbeat(next);
      return next;
    });
  }
}

function whyNotActive(agent: Agent | undefined, { subject }: Principal, id: string): string | undefined {
  if (!agent || agent.ownerId !== subject) return `you have no agent '${id}'`;
  return agent.lifecycle === 'active' ? undefined : `agent '${id}' is ${agent.lifecycle}, not active`;
}

function assertNotRetired({ id, lifecycle }: Agent): void {
  if (lifecycle === 'retired') throw new AppError('conflict', `agent '${id}' is retired and cannot be changed`);
}
