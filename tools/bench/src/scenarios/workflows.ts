import type { Service } from '../service/platform';

export const WORKFLOWS = '/api/v1/agent/workflows';

/** A workflow of three `data_processing` steps, one after another; with `n` its result is `{report: {sum: 2n + 2, …}}`. */
export const THREE_STEPS = {
  name: 'Three steps',
  description: 'Adds one, doubles, and makes a report of both',
  tags: ['bench', 'arithmetic'],
  steps: {
    add: step('Add one', 'n + 1', { n: 'inputs.n' }),
    double: step('Double', 'n * 2', { n: 'steps.add.output' }),
    report: step('Report', '{ "added": added, "sum": sum }', { added: 'steps.add.output', sum: 'steps.double.output' }),
  },
  dependencies: { double: ['add'], report: ['add', 'double'] },
};

/** What {@link THREE_STEPS} makes of `n`. */
export function threeStepsResult(n: number): object {
  return { report: { added: n + 1, sum: (n + 1) * 2 } };
}

type Entry = [id: string, value: object];

/** `count` steps that each add one to the result of the one before; with `n` the result is `{s<count>: n + count}`. */
export function chainOf(count: number): object {
  const ids = Array.from({ length: count }, (_, index) => `s${index + 1}`);
  const steps = ids.map((id, index): Entry => [
    id,
    step(`Step ${index + 1}`, 'n + 1', { n: index === 0 ? 'inputs.n' : `steps.${ids[index - 1]}.output` }),
  ]);
  const dependencies = ids.slice(1).map((id, index): Entry => [id, [ids[index]]]);
  return {
    name: `A chain of ${count}`,
    steps: Object.fromEntries(steps),
    dependencies: Object.fromEntries(dependencies),
  };
}

/** `count` steps that need nothing of each other; with `n` the result of `s<i>` is `n + i`. */
export function parallelOf(count: number): object {
  const steps = Array.from({ length: count }, (_, index): Entry => [
    `s${index + 1}`,
    step(`Step ${index + 1}`, `n + ${index + 1}`, { n: 'inputs.n' }),
  ]);
  return { name: `${count} at once`, steps: Object.fromEntries(steps), dependencies: {} };
}

export async function createWorkflow({ client }: Pick<Service, 'client'>, workflow: object): Promise<string> {
  const { id } = await client.post<{ id: string }>(WORKFLOWS, workflow);
  return id;
}

function step(name: string, expression: string, inputs: Record<string, string>) {
  return { name, step_type: 'data_processing', config: { expression }, input_mappings: inputs };
}
