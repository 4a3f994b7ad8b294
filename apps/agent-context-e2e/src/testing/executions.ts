import { type Actor } from './actors';
import { eventually } from './eventually';
import { EXECUTIONS, WORKFLOWS } from './paths';
import { created } from './workflows';

const FINAL: readonly string[] = ['completed', 'failed', 'cancelled'];

/** Answer of `GET /executions/{id}`, as far as the suite reads it. */
export interface Status {
  readonly status: string;
  readonly final_result: unknown;
  readonly step_states: Readonly<Record<string, { readonly status: string }>>;
  readonly [field: string]: unknown;
}

/** Starts an execution; gives its id. */
export async function started({ http }: Actor, workflowId: string, body: object = {}): Promise<string> {
  const response = await http.post(`${WORKFLOWS}/${workflowId}/execute`, body, 202);
  return response.body.execution_id;
}

/** The execution as soon as it is what it should be; by default, final. */
export function until(
  { http }: Actor,
  id: string,
  passes: (execution: Status) => boolean = ({ status }) => FINAL.includes(status),
): Promise<Status> {
  return eventually(async () => (await http.get(`${EXECUTIONS}/${id}/status`)).body as Status, passes);
}

/** Creates a workflow of these steps and runs it to its end. */
export async function ran(owner: Actor, workflow: object, execution: object = {}): Promise<Status> {
  return until(owner, await started(owner, await created(owner, workflow), execution));
}
