import { AGENT_API } from '../api';
import type { LoadClient } from './load-client';

export const EXECUTIONS = `${AGENT_API}/executions`;
export const FINAL = ['completed', 'failed', 'cancelled'];
const ENDED_WITHIN_MS = 60_000;

/** How an execution has ended: well, its end is an event of which there is one, and its events have no gap. */
export interface ExecutionEnd {
  readonly inputs: string;
  readonly fault?: string;
}

/** Waits for the end of an execution, and says what is wrong with it. */
export async function endOf(reader: LoadClient, id: string): Promise<ExecutionEnd> {
  const end = performance.now() + ENDED_WITHIN_MS;
  for (;;) {
    const state = await stateOf(reader, `${id}/status?wait=10&until=final`);
    const inputs = JSON.stringify(state.inputs);
    const fault = faultIn(id, state) ?? (performance.now() > end ? `${id} is ${state.status} still` : undefined);
    if (fault !== undefined) return { inputs, fault };
    if (state.status !== 'completed') continue;
    const gap = await faultOfEvents(reader, id);
    return gap === undefined ? { inputs } : { inputs, fault: gap };
  }
}

function faultIn(id: string, { status, error_message: why }: State): string | undefined {
  return status !== 'completed' && FINAL.includes(status) ? `${id} ${status}: ${why}` : undefined;
}

async function faultOfEvents(reader: LoadClient, id: string): Promise<string | undefined> {
  const { text } = await reader.send({ method: 'GET', path: `${EXECUTIONS}/${id}/events`, expected: [200] });
  const ends = text.match(/^event: execution\.(?:completed|failed|cancelled)$/gm)?.length ?? 0;
  if (ends !== 1) return `${id} ended ${ends} times`;
  const numbers = [...text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));
  return numbers.every((number, index) => number === index + 1) ? undefined : `the events of ${id} have a gap`;
}

interface State {
  readonly status: string;
  readonly inputs: object;
  readonly error_message: string | null;
}

/** What the API tells of an execution; `execution` may have a path and a query behind the id. */
export async function stateOf(client: LoadClient, execution: string): Promise<State> {
  const answer = await client.send({ method: 'GET', path: `${EXECUTIONS}/${execution}`, expected: [200] });
  return answer.body as State;
}
