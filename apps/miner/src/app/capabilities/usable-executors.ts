import type { Logger } from '@aitbc/shared-core';
import type { Executor } from '../executors/executor';

export interface UsableExecutors {
  readonly executors: readonly Executor[];
  /** Models of all of them, each once. */
  readonly models: readonly string[];
}

/** Those executors that show that they can run jobs on this machine; the others are closed and named in the log. */
export async function findUsable(candidates: readonly Executor[], log: Logger): Promise<UsableExecutors> {
  const executors: Executor[] = [];
  const models = new Set<string>();
  for (const executor of candidates) {
    try {
      for (const model of await executor.probe()) models.add(model);
      executors.push(executor);
    } catch (error) {
      log.warn('a kind of job is not offered: it cannot be run here', { service_type: executor.serviceType, error });
      await executor.close();
    }
  }
  return { executors, models: [...models] };
}
