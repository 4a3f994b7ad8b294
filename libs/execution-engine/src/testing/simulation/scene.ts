import type { InMemoryExecutionStore } from '../../memory/in-memory-execution-store';
import type { ExecutionPlan } from '../../core/plan';
import type { ExecutionStore, PlanLoader } from '../../ports/store.port';
import type { Deaths } from './deaths';
import type { FaultPlan } from './fault-plan';
import { FaultyStore } from './faulty-store';
import type { FaultyWakeUps } from './faulty-wake-ups';
import type { Judge } from './judge';
import type { OutsideJobs } from './outside-jobs';
import type { PlantedFault } from './planted-fault';
import { never, type SimProcess, type World } from './sim-process';

export const LEASE_MS = 3_000;
export const POLL_MS = 500;

/** All that the processes of one run share. */
export interface Scene {
  readonly world: World;
  readonly store: InMemoryExecutionStore;
  readonly faults: FaultPlan;
  readonly deaths: Deaths;
  readonly judge: Judge;
  readonly wakeUps: FaultyWakeUps;
  readonly jobs: OutsideJobs;
  readonly plans: Map<string, ExecutionPlan>;
  readonly planted: PlantedFault | undefined;
  /** Ids that sort by the time at which they are made. */
  readonly newRowId: () => string;
}

/** The store as a process reaches it. */
export function storeOf(process: SimProcess, { store, faults, judge, planted }: Scene): ExecutionStore {
  const faulty = new FaultyStore(process, { inner: store, faults, judge, leaseMs: LEASE_MS });
  return planted?.adapt?.(faulty) ?? faulty;
}

export function plansOf(process: SimProcess, { plans, faults }: Scene): PlanLoader {
  return {
    load: async (workflowId) => {
      if (process.isDead) return never();
      const fault = faults.strike(process, 'read_failed');
      await process.sleep(1);
      const plan = plans.get(workflowId);
      if (fault || !plan) throw new Error(`the plan of ${workflowId} could not be read`);
      return plan;
    },
  };
}
