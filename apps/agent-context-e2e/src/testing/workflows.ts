import { type Actor, unique } from './actors';
import { WORKFLOWS } from './paths';

export function dataStep(expression = '1', more: object = {}) {
  return { name: 'Compute', step_type: 'data_processing', config: { expression }, ...more };
}

/** A step that waits for a signal or a time. */
export function waitStep(wait: { signal: string } | { seconds: number }) {
  return { name: 'Wait', step_type: 'data_processing', config: { wait_for: wait } };
}

/** A step that a miner with this model does; it fails at the first failure. */
export function inferenceStep(model: string, more: object = {}) {
  return {
    name: 'Ask',
    step_type: 'inference',
    config: { parameters: { model } },
    input_mappings: { prompt: 'inputs.prompt' },
    max_retries: 0,
    ...more,
  };
}

/** The body of a workflow that is accepted. */
export function workflowBody(more: object = {}) {
  return { name: unique('workflow'), steps: { only: dataStep('$inputs.n + 1') }, ...more };
}

/** Creates a workflow; gives its id. */
export async function created({ http }: Actor, more: object = {}): Promise<string> {
  const { body } = await http.post(WORKFLOWS, workflowBody(more));
  return body.id;
}
