/**
 * The steps of a workflow as a graph: which step waits for which. Pure functions; a dependency that names no step, or
 * the same step twice, is read as if it were not there (validation reports those before they get this far).
 */
export interface StepGraph {
  /** In the order in which the author wrote them. */
  readonly stepIds: readonly string[];
  /** For each step that has any: the steps that must end before it. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** The longest chain of steps that must run one after another. */
export interface CriticalPath {
  /** In the order in which they run. */
  readonly steps: string[];
  /** Sum of their weights. */
  readonly length: number;
}

/** The steps on one cycle, each needing the next and the last needing the first; `undefined` when there is none. */
export function findCycle(graph: StepGraph): string[] | undefined {
  const needs = dependencyMap(graph);
  const sorted = new Set(kahn(graph, needs));
  const stuck = graph.stepIds.find((id) => !sorted.has(id));
  if (stuck === undefined) return undefined;
  // Every step that could not be sorted needs another such step, so following those must come round.
  const walked: string[] = [];
  let current: string | undefined = stuck;
  while (current !== undefined && !walked.includes(current)) {
    walked.push(current);
    current = needs.get(current)?.find((id) => !sorted.has(id));
  }
  return walked.slice(walked.indexOf(current ?? stuck));
}

/**
 * An order in which every step comes after those it needs (Kahn 1962). Of the steps that could come next it takes the
 * one that the author wrote first, so the same definition always gives the same order.
 * @throws RangeError when the graph has a cycle.
 */
export function executionOrder(graph: StepGraph): string[] {
  const order = kahn(graph, dependencyMap(graph));
  if (order.length < graph.stepIds.length) {
    throw new RangeError(`steps depend on each other in a circle: ${findCycle(graph)?.join(' → ')}`);
  }
  return order;
}

/**
 * The chain of dependent steps with the greatest sum of weights: no schedule, however parallel, is shorter than that.
 * Of equally long chains it gives the one that comes first in execution order.
 * @throws RangeError when the graph has a cycle.
 */
export function criticalPath(graph: StepGraph, weight: (id: string) => number): CriticalPath {
  const needs = dependencyMap(graph);
  const paths = new Map<string, { length: number; before: string | undefined }>();
  let last: string | undefined;
  for (const id of executionOrder(graph)) {
    const before = longest(paths, needs.get(id) ?? []);
    paths.set(id, { length: lengthOf(paths, before) + weight(id), before });
    if (last === undefined || lengthOf(paths, id) > lengthOf(paths, last)) last = id;
  }
  const steps: string[] = [];
  for (let id = last; id !== undefined; id = paths.get(id)?.before) {
    steps.push(id);
  }
  return { steps: steps.reverse(), length: lengthOf(paths, last) };
}

/** The steps on which no step depends, in the author's order: without `outputs`, they are the workflow's result. */
export function leaves(graph: StepGraph): string[] {
  const needed = new Set([...dependencyMap(graph).values()].flat());
  return graph.stepIds.filter((id) => !needed.has(id));
}

/** For every step the steps that need it, both in the author's order. */
export function dependents(graph: StepGraph): Map<string, string[]> {
  const found = new Map<string, string[]>(graph.stepIds.map((id) => [id, []]));
  for (const [id, needs] of dependencyMap(graph)) {
    for (const needed of needs) {
      found.get(needed)?.push(id);
    }
  }
  return found;
}

/** For every step the steps that it needs, known ones only and each once. */
function dependencyMap({ stepIds, dependencies }: StepGraph): Map<string, string[]> {
  const known = new Set(stepIds);
  // `hasOwn`: a step may be called `constructor`, which every object inherits.
  const own = (id: string) => (Object.hasOwn(dependencies, id) ? (dependencies[id] ?? []) : []);
  return new Map(stepIds.map((id) => [id, [...new Set(own(id))].filter((needed) => known.has(needed))]));
}

/** The steps that can be ordered: all of them, or those that wait for no cycle. */
function kahn(graph: StepGraph, needs: ReadonlyMap<string, readonly string[]>): string[] {
  const position = new Map(graph.stepIds.map((id, index) => [id, index]));
  const waitsFor = new Map([...needs].map(([id, needed]) => [id, needed.length]));
  const after = dependents(graph);
  const ready = graph.stepIds.filter((id) => waitsFor.get(id) === 0);
  const order: string[] = [];
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id);
    for (const next of after.get(id) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) insertByPosition(ready, next, position);
    }
  }
  return order;
}

function insertByPosition(ready: string[], id: string, position: ReadonlyMap<string, number>): void {
  const rank = (step: string) => position.get(step) ?? 0;
  const at = ready.findIndex((other) => rank(other) > rank(id));
  ready.splice(at === -1 ? ready.length : at, 0, id);
}

function longest(paths: ReadonlyMap<string, { length: number }>, ids: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const id of ids) {
    if (best === undefined || lengthOf(paths, id) > lengthOf(paths, best)) best = id;
  }
  return best;
}

function lengthOf(paths: ReadonlyMap<string, { length: number }>, id: string | undefined): number {
  return id === undefined ? 0 : (paths.get(id)?.length ?? 0);
}
