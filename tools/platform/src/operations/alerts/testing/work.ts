import { AGENT_API, type Api } from '../../../api';
import { createWorkflow, execute, inParallel } from '../../../testing/executions';
import { MODEL } from './outside-world';

const AT_ONCE = 4;

/** A workflow that asks the inference endpoint, which no price is known of. */
export function asking(prompt: string): object {
  const step = {
    ...{ name: 'Ask', step_type: 'inference', max_retries: 0, config: {} },
    model_requirements: { provider: 'openai', model: MODEL },
    input_mappings: { prompt: { literal: prompt } },
  };
  return { name: 'Ask', steps: { ask: step } };
}

export const FAILING = {
  name: 'Fail',
  steps: { no: { name: 'No', step_type: 'data_processing', max_retries: 0, config: { expression: '$error("no")' } } },
};

/** A job that no miner here may take. */
export const IMPOSSIBLE_JOB = {
  payload: { service_type: 'text_analysis', service_request: { text: 'a', tasks: ['language'] } },
  constraints: { region: 'nowhere' },
};

/** Starts a workflow so many times. */
export async function executions(api: Api, workflow: object, count: number): Promise<string[]> {
  const id = await createWorkflow(api, workflow);
  return inParallel(Array.from({ length: count }), AT_ONCE, () => execute(api, id));
}

/** A receiver of the ends of executions that failed. */
export async function webhook(api: Api, url: string): Promise<void> {
  await api.post(`${AGENT_API}/webhooks`, { url, event_types: ['execution.failed'] });
}
