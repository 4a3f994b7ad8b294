import { type Actor } from './actors';
import { JOBS } from './paths';

/** The body of a job that is accepted; only a miner that has the model can take it. */
export function jobBody(model: string, more: object = {}) {
  return { payload: { service_type: 'llm_inference', service_request: { model, prompt: 'hello' } }, ...more };
}

/** Submits a job; gives its id. */
export async function submitted({ http }: Actor, model: string, more: object = {}): Promise<string> {
  const { body } = await http.post(JOBS, jobBody(model, more));
  return body.job_id;
}
