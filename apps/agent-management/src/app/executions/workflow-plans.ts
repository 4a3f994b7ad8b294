import { compilePlan, type ExecutionPlan, type PlanLoader } from '@aitbc/execution-engine';
import type { WorkflowRepository, WorkflowVersion } from '../workflows';

/** Plans of the stored workflow versions. A version is compiled once for as long as the repository keeps it in memory. */
export class WorkflowPlans implements PlanLoader {
  private readonly compiled = new WeakMap<WorkflowVersion, ExecutionPlan>();

  constructor(private readonly workflows: Pick<WorkflowRepository, 'loadVersion'>) {}

  async load(workflowId: string, version: number): Promise<ExecutionPlan> {
    const found = await this.workflows.loadVersion(workflowId, version);
    if (!found) throw new Error(`there is no version ${version} of workflow ${workflowId}`);
    const known = this.compiled.get(found);
    if (known) return known;
    const plan = planOf(found);
    this.compiled.set(found, plan);
    return plan;
  }
}

function planOf({ workflowId, version, steps, dependencies, outputs }: WorkflowVersion): ExecutionPlan {
  const compiled = steps.map(({ timeoutSeconds, ...step }) => ({ ...step, timeoutMs: timeoutSeconds * 1000 }));
  return compilePlan({ workflowId, version, steps: compiled, dependencies, outputs });
}
