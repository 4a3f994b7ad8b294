import { isDeepStrictEqual } from 'node:util';
import type { JsonClient } from '../service/json-client';
import { WORKFLOWS } from './workflows';

interface Status {
  readonly status: string;
  readonly error_message: string | null;
  readonly final_result: unknown;
  readonly completed_at: string | null;
}

export const EXECUTIONS = '/api/v1/agent/executions';

const FINAL = ['completed', 'failed', 'cancelled'];

export interface Run {
  readonly workflowId: string;
  readonly inputs: object;
  readonly result: object;
}

/**
 * Starts an execution and waits until it has ended; milliseconds from the request to the answer that says
 * so.
 * @throws Error when it did not complete, or has another result.
 */
export async function execute(client: JsonClient, run: Run): Promise<number> {
  const startedAt = performance.now();
  await runToEnd(client, run);
  return performance.now() - startedAt;
}

/**
 * The same; gives the id of the execution.
 * @throws Error when it did not complete, or has another result.
 */
export async function runToEnd(client: JsonClient, run: Run): Promise<string> {
  const id = await begin(client, run);
  await untilCompleted(client, id, run.result);
  return id;
}

/** Starts an execution; its id, when it is stored. */
export async function begin(client: JsonClient, { workflowId, inputs }: Omit<Run, 'result'>): Promise<string> {
  const path = `${WORKFLOWS}/${workflowId}/execute`;
  return (await client.post<{ execution_id: string }>(path, { inputs })).execution_id;
}

/**
 * By long polls: the answer comes with the end, so that looking costs the service nothing before it.
 * @throws Error when it did not complete, or has another result.
 */
export async function untilCompleted(client: JsonClient, id: string, result: object): Promise<Status> {
  let found: Status;
  do found = await client.get<Status>(`${EXECUTIONS}/${id}/status?wait=30&until=final`);
  while (!FINAL.includes(found.status));
  if (found.status !== 'completed') throw new Error(`execution ${id} ${found.status}: ${found.error_message}`);
  if (!isDeepStrictEqual(found.final_result, result)) {
    throw new Error(`execution ${id} has the result ${JSON.stringify(found.final_result)}`);
  }
  return found;
}
