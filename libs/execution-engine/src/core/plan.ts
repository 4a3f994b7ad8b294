import type { JsonValue, StepSpecification } from '@aitbc/shared-domain';
import { type StepWaitFor, waitForOf } from './wait-for';

/** One step of a plan. */
export interface StepPlan extends StepSpecification {
  /** Of one attempt, once what it waits for has come. */
  readonly timeoutMs: number;
}

/** What a {@link ExecutionPlan} is compiled from. */
export interface PlanSource {
  readonly workflowId: string;
  readonly version: number;
  /** In the author's order. */
  readonly steps: readonly StepPlan[];
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly outputs: Readonly<Record<string, JsonValue>> | null;
}

/** An immutable workflow version in the form in which the engine reads it. */
export interface ExecutionPlan {
  readonly workflowId: string;
  readonly version: number;
  readonly steps: ReadonlyMap<string, StepPlan>;
  /** What steps wait for before they start; a step that waits for nothing has no entry. */
  readonly waits: ReadonlyMap<string, StepWaitFor>;
  /** For each step the steps that must end before it. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** For each step all the steps before it, directly or not: what its expressions may see. */
  readonly ancestors: ReadonlyMap<string, ReadonlySet<string>>;
  /** Steps that nobody depends on: their outputs are the result when `outputs` is absent. */
  readonly leaves: readonly string[];
  readonly outputs: Readonly<Record<string, JsonValue>> | null;
}

/** Prepares a version for execution; the graph is known to be acyclic, since it was checked when it was stored. */
export function compilePlan(source: PlanSource): ExecutionPlan {
  const steps = new Map(source.steps.map((step) => [step.id, step]));
  const dependencies = new Map(source.steps.map(({ id }) => [id, ownEntry(source.dependencies, id)]));
  const depended = new Set([...dependencies.values()].flat());
  return {
    workflowId: source.workflowId,
    version: source.version,
    steps,
    waits: waitsOf(source.steps),
    dependencies,
    ancestors: ancestorsOf(dependencies),
    leaves: source.steps.map(({ id }) => id).filter((id) => !depended.has(id)),
    outputs: source.outputs,
  };
}

function waitsOf(steps: readonly StepPlan[]): Map<string, StepWaitFor> {
  return new Map(
    steps.flatMap(({ id, config }) => {
      const waitFor = waitForOf(config);
      return waitFor ? [[id, waitFor] as const] : [];
    }),
  );
}

/** `constructor` is a valid step id, and every object inherits something of that name. */
function ownEntry(dependencies: PlanSource['dependencies'], id: string): readonly string[] {
  return Object.hasOwn(dependencies, id) ? (dependencies[id] ?? []) : [];
}

/** For each step those that it depends on, directly or not. The dependencies must make no circle. */
export function ancestorsOf(dependencies: ReadonlyMap<string, readonly string[]>): Map<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  const visit = (id: string): ReadonlySet<string> => {
    const found = known.get(id);
    if (found) return found;
    const direct = dependencies.get(id) ?? [];
    const all = new Set(direct.flatMap((parent) => [parent, ...visit(parent)]));
    known.set(id, all);
    return all;
  };
  for (const id of dependencies.keys()) visit(id);
  return known;
}

/** The step of a plan; an unknown id is a defect of the caller. */
export function stepOf(plan: ExecutionPlan, stepId: string): StepPlan {
  const step = plan.steps.get(stepId);
  if (!step) throw new RangeError(`workflow ${plan.workflowId} v${plan.version} has no step '${stepId}'`);
  return step;
}
