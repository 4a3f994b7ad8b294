import {
  type Database,
  type Expected,
  newId,
  notFound,
  type Page,
  type PageRequest,
  pointerInto,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import { type Agent, type AgentNetwork, nextUpdate } from '@aitbc/shared-domain';
import type { NetworkDto, PatchNetworkDto } from './network.dto';
import type { NetworkRepository } from './network.repository';

/** What networks know of agents. */
export interface NetworkAgents {
  /** Those that exist, in any order. */
  findAll(ids: readonly string[]): Promise<Agent[]>;
}

/** The use cases of agent networks. A network is seen and changed by its owner and by admins. */
export class NetworkService {
  constructor(
    private readonly db: Database,
    private readonly repository: NetworkRepository,
    private readonly agents: NetworkAgents,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `validation_failed` at `/agents/<i>` for what is no agent of the owner, or a retired one.
   */
  create(principal: Principal, request: NetworkDto, within?: Within<AgentNetwork>): Promise<AgentNetwork> {
    const at = this.now();
    const { name, description = null, agents, coordination } = request;
    const owned = { id: newId('net'), ownerId: principal.subject, createdAt: at, updatedAt: at };
    const network: AgentNetwork = { ...owned, name, description, agents, coordination };
    return this.db.write(async () => {
      await this.assertAgents(network);
      await this.repository.insert(network);
      await within?.(network);
      return network;
    });
  }

  list({ role, subject }: Principal, page: PageRequest): Promise<Page<AgentNetwork>> {
    return this.repository.page(role === 'admin' ? undefined : subject, page);
  }

  /** @throws AppError `not_found`. */
  async get({ role, subject }: Principal, id: string): Promise<AgentNetwork> {
    const network = await this.repository.find(id);
    if (!network || !(role === 'admin' || network.ownerId === subject)) throw notFound('network', id);
    return network;
  }

  /**
   * @param expected refuses a version that the caller does not know (`precondition_failed`).
   * @throws AppError `not_found`, `validation_failed` as `create`, and only for agents that the request names.
   */
  patch(
    principal: Principal,
    id: string,
    request: PatchNetworkDto,
    expected?: Expected<AgentNetwork>,
  ): Promise<AgentNetwork> {
    return this.db.write(async () => {
      const network = await this.get(principal, id);
      expected?.(network);
      const changed = patched(network, request, this.now());
      if (request.agents !== undefined) await this.assertAgents(changed);
      await this.repository.update(changed);
      return changed;
    });
  }

  /** @throws AppError `not_found`, `precondition_failed`. */
  async delete(principal: Principal, id: string, expected?: Expected<AgentNetwork>): Promise<void> {
    await this.db.write(async () => {
      const network = await this.get(principal, id);
      expected?.(network);
      await this.repository.delete(id);
    });
  }

  /** In the unit that stores the network: an agent could be retired between the two. */
  private async assertAgents({ agents, ownerId }: AgentNetwork): Promise<void> {
    const known = new Map((await this.agents.findAll(agents)).map((agent) => [agent.id, agent]));
    const faults = agents.flatMap((id, index) => {
      const message = faultOf(id, known.get(id), ownerId);
      return message === undefined ? [] : [{ pointer: pointerInto('/agents', index), message }];
    });
    if (faults.length > 0) throw validationFailed(faults);
  }
}

/** One message for absent and foreign agents: the answer must not tell which ids exist. */
function faultOf(id: string, agent: Agent | undefined, ownerId: string): string | undefined {
  if (agent?.ownerId !== ownerId) return `the owner of the network has no agent '${id}'`;
  return agent.lifecycle === 'retired' ? `agent '${id}' is retired` : undefined;
}

function patched(network: AgentNetwork, request: PatchNetworkDto, now: number): AgentNetwork {
  return {
    ...network,
    name: request.name ?? network.name,
    description: request.description === undefined ? network.description : request.description,
    agents: request.agents ?? network.agents,
    coordination: request.coordination ?? network.coordination,
    updatedAt: nextUpdate(network.updatedAt, now),
  };
}
