import type { AgentCounts, AgentDirectory } from '@aitbc/contracts';
import { AppError, Figures } from '@aitbc/shared-core';
import type { EcosystemStore, JobFigures, MinerFigures } from './ecosystem.store';

/** The platform in figures. */
export interface Ecosystem {
  readonly jobs: JobFigures;
  readonly miners: MinerFigures;
  /** `undefined` when nobody can tell. */
  readonly agents: AgentCounts | undefined;
  /** When they were counted (Unix ms): on a large platform some time ago. */
  readonly asOf: number;
}

/** Figures over jobs, miners and agents. The agents' are another service's to give: without them the rest still holds. */
export class EcosystemService {
  private readonly counted = new Figures(() => this.count(), rowsOf);

  constructor(
    private readonly store: EcosystemStore,
    private readonly agents: Pick<AgentDirectory, 'counts'>,
    /** Milliseconds after its last sign of life in which a miner counts as online. */
    private readonly onlineMs: number,
  ) {}

  async figures(): Promise<Ecosystem> {
    const { figures, asOf } = await this.counted.get();
    return { ...figures, asOf };
  }

  private async count(): Promise<Omit<Ecosystem, 'asOf'>> {
    const [jobs, miners, agents] = await Promise.all([
      this.store.jobs(),
      this.store.miners(this.onlineMs),
      this.agentCounts(),
    ]);
    return { jobs, miners, agents };
  }

  /** Only that the agents' side is away is no failure here; what is broken should show. */
  private async agentCounts(): Promise<AgentCounts | undefined> {
    try {
      return await this.agents.counts();
    } catch (error) {
      if (error instanceof AppError && error.definition.family === 'operational') return undefined;
      throw error;
    }
  }
}

function rowsOf({ jobs, agents }: Omit<Ecosystem, 'asOf'>): number {
  return [...jobs.byState.values()].reduce((sum, count) => sum + count, agents?.registered ?? 0);
}
