import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Milliseconds between two looks at the status. */
  readonly everyMs: number;
}

/**
 * Starts an execution and looks at its status until it has ended; milliseconds from the request to the answer that says
 * so.
 * @throws Error when it did not complete, or has another result.
 */
export async function execute(client: JsonClient, { workflowId, inputs, result, everyMs }: Run): Promise<number> {
  const startedAt = performance.now();
  const { execution_id: id } = await client.post<{ execution_id: string }>(`${WORKFLOWS}/${workflowId}/execute`, {
    inputs,
  });
  const end = await untilFinal(client, id, everyMs);
  const took = performance.now() - startedAt;
  if (end.status !== 'completed') throw new Error(`execution ${id} ${end.status}: ${end.error_message}`);
  if (!isDeepStrictEqual(end.final_result, result)) {
    throw new Error(`execution ${id} has the result ${JSON.stringify(end.final_result)}`);
  }
  return took;
}

async function untilFinal(client: JsonClient, id: string, everyMs: number): Promise<Status> {
  for (;;) {
    const status = await client.get<Status>(`/api/v1/agent/executions/${id}/status`);
    if (FINAL.includes(status.status)) return status;
    await sleep(everyMs);
  }
}
