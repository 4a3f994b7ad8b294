import * as fc from 'fast-check';
import { criticalPath, dependents, executionOrder, findCycle, leaves, type StepGraph } from './step-graph';

/** Acyclic by construction: in a hidden order each step may need earlier ones only; the author's order is another. */
const acyclic: fc.Arbitrary<StepGraph> = fc
  .integer({ min: 1, max: 12 })
  .chain((size) =>
    fc.record({
      author: fc.shuffledSubarray(
        Array.from({ length: size }, (_, i) => i),
        { minLength: size, maxLength: size },
      ),
      edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }),
    }),
  )
  .map(({ author, edges }) => ({
    stepIds: author.map((i) => `s${i}`),
    dependencies: edges
      .filter(([from, to]) => from < to)
      .reduce<Record<string, string[]>>((all, [from, to]) => {
        (all[`s${to}`] ??= []).push(`s${from}`);
        return all;
      }, {}),
  }));

/** Any graph at all: cycles, self-dependencies, repeated and unknown names. */
const anyGraph: fc.Arbitrary<StepGraph> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
  .chain((stepIds) =>
    fc.record({
      stepIds: fc.constant(stepIds),
      dependencies: fc.dictionary(
        fc.constantFrom(...stepIds),
        fc.array(fc.constantFrom(...stepIds, 'nobody'), { maxLength: 4 }),
      ),
    }),
  );

const needsOf = (graph: StepGraph, id: string) => graph.dependencies[id] ?? [];

/** Every chain of dependent steps, by brute force. */
function chains(graph: StepGraph, end: string): string[][] {
  const needs = needsOf(graph, end);
  return needs.length === 0 ? [[end]] : needs.flatMap((id) => chains(graph, id).map((chain) => [...chain, end]));
}

describe('findCycle', () => {
  it('finds nothing in an acyclic graph', () => {
    fc.assert(fc.property(acyclic, (graph) => findCycle(graph) === undefined));
  });

  it('gives steps that really need each other in a circle, and no step twice', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const cycle = findCycle(graph);
        if (cycle === undefined) return;
        expect(new Set(cycle).size).toBe(cycle.length);
        cycle.forEach((id, i) => expect(needsOf(graph, id)).toContain(cycle[(i + 1) % cycle.length]));
      }),
    );
  });

  it('finds a cycle exactly when no order exists', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        if (findCycle(graph) === undefined) expect(executionOrder(graph)).toHaveLength(graph.stepIds.length);
        else expect(() => executionOrder(graph)).toThrow(RangeError);
      }),
    );
  });

  it('leaves out the steps that merely wait for the cycle', () => {
    const graph = { stepIds: ['z', 'a', 'b', 'c'], dependencies: { z: ['a'], a: ['b'], b: ['c'], c: ['a'] } };
    expect(findCycle(graph)).toEqual(['a', 'b', 'c']);
  });

  it('sees a step that needs itself', () => {
    expect(findCycle({ stepIds: ['a'], dependencies: { a: ['a'] } })).toEqual(['a']);
  });
});

describe('executionOrder', () => {
  it('has every step once, after all that it needs', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const order = executionOrder(graph);
        expect([...order].sort()).toEqual([...graph.stepIds].sort());
        for (const id of order) {
          for (const needed of needsOf(graph, id)) expect(order.indexOf(needed)).toBeLessThan(order.indexOf(id));
        }
      }),
    );
  });

  it('takes the first in the author’s order among those that could come next', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const done = new Set<string>();
        for (const id of executionOrder(graph)) {
          const ready = graph.stepIds.filter((s) => !done.has(s) && needsOf(graph, s).every((n) => done.has(n)));
          expect(id).toBe(ready[0]);
          done.add(id);
        }
      }),
    );
  });

  it('is the author’s order when nothing depends on anything', () => {
    expect(executionOrder({ stepIds: ['c', 'a', 'b'], dependencies: {} })).toEqual(['c', 'a', 'b']);
  });

  it('takes a step called like a property that every object inherits', () => {
    expect(executionOrder({ stepIds: ['constructor', 'a'], dependencies: {} })).toEqual(['constructor', 'a']);
  });

  it('orders 200 steps in a chain', () => {
    const stepIds = Array.from({ length: 200 }, (_, i) => `s${i}`);
    const dependencies = Object.fromEntries(stepIds.slice(0, -1).map((id, i) => [id, [`s${i + 1}`]]));
    expect(executionOrder({ stepIds, dependencies })).toEqual([...stepIds].reverse());
  });
});

describe('criticalPath', () => {
  const weightOf = (id: string) => (Number(id.slice(1)) % 4) + 1;
  const total = (steps: string[]) => steps.reduce((sum, id) => sum + weightOf(id), 0);

  it('is as long as the longest of all chains, and is one of them', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const all = graph.stepIds.flatMap((id) => chains(graph, id));
        const path = criticalPath(graph, weightOf);
        expect(path.length).toBe(Math.max(...all.map(total)));
        expect(total(path.steps)).toBe(path.length);
        expect(all).toContainEqual(path.steps);
      }),
      { numRuns: 60 },
    );
  });

  it('is empty for no steps', () => {
    expect(criticalPath({ stepIds: [], dependencies: {} }, () => 1)).toEqual({ steps: [], length: 0 });
  });
});

describe('leaves and dependents', () => {
  it('the leaves are the steps that nobody needs', () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const needed = Object.values(graph.dependencies).flat();
        expect(leaves(graph)).toEqual(graph.stepIds.filter((id) => !needed.includes(id)));
      }),
    );
  });

  it('dependents are the dependencies read backwards', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const after = dependents(graph);
        expect([...after.keys()]).toEqual(graph.stepIds);
        for (const id of graph.stepIds) {
          expect(after.get(id)).toEqual(graph.stepIds.filter((other) => needsOf(graph, other).includes(id)));
        }
      }),
    );
  });
});
