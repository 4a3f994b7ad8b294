import { BadJobRequest, type Executor } from './executor';

/** The executors of this miner by kind of job. */
export class ExecutorRegistry {
  private readonly byType: ReadonlyMap<string, Executor>;

  /** @throws Error when two executors claim one kind. */
  constructor(executors: readonly Executor[]) {
    this.byType = new Map(executors.map((executor) => [executor.serviceType, executor]));
    if (this.byType.size !== executors.length) {
      throw new Error(`two executors for one kind of job: ${executors.map((one) => one.serviceType).join(', ')}`);
    }
  }

  get serviceTypes(): string[] {
    return [...this.byType.keys()];
  }

  /** @throws BadJobRequest when this miner does not run that kind: the coordinator assigned against the registration. */
  get(serviceType: string): Executor {
    const executor = this.byType.get(serviceType);
    if (!executor) throw new BadJobRequest(`this miner does not run jobs of the kind '${serviceType}'`);
    return executor;
  }

  async close(): Promise<void> {
    await Promise.all([...this.byType.values()].map((executor) => executor.close()));
  }
}
