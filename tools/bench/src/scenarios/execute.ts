import { isDeepStrictEqual } from 'node:util';
import type { JsonClient } from '../service/json-client';
import { WORKFLOWS } from './workflows';

interface Status {
  readonly status: string;
  readonly error_message: string | null;
  readonly final_result: unknown;
}

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
export async function execute(client: JsonClient, { workflowId, inputs, result }: Run): Promise<number> {
  const startedAt = performance.now();
  const { execution_id: id } = await client.post<{ execution_id: string }>(`${WORKFLOWS}/${workflowId}/execute`, {
    inputs,
  });
  const end = await untilFinal(client, id);
  const took = performance.now() - startedAt;
  if (end.status !== 'completed') throw new Error(`execution ${id} ${end.status}: ${end.error_message}`);
  if (!isDeepStrictEqual(end.final_result, result)) {
    throw new Error(`execution ${id} has the result ${JSON.stringify(end.final_result)}`);
  }
  return took;
}

/** A long poll: the answer comes with the end, so that looking costs the service nothing before it. */
async function untilFinal(client: JsonClient, id: string): Promise<Status> {
  for (;;) {
    const status = await client.get<Status>(`/api/v1/agent/executions/${id}/status?wait=30&until=final`);
    if (FINAL.includes(status.status)) return status;
  }
}
