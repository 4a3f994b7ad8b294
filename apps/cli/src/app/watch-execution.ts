import type { Schemas } from '@aitbc/agent-client';
import { pause } from '@aitbc/shared-core';
import { CliError, EXIT } from './errors';
import { executionSummary, isFinal } from './output/execution-view';
import type { Progress } from './output/progress';
import { Style } from './output/style';
import type { Session } from './session';

/** As often as a person can follow, however fast the steps are. */
const PAUSE_MS = 100;

/**
 * Shows how an execution goes on until it has ended.
 * @throws ApiProblem when there is no such execution; CliError when it is left (Ctrl-C) while it runs.
 */
export async function watchExecution(session: Session, id: string): Promise<Schemas['Execution']> {
  const { signal } = session;
  const agents = session.agents();
  let progress: Progress | undefined;
  try {
    for (let since: number | undefined; ;) {
      const state = await agents.watchedExecution(id, since);
      progress ??= session.progress(state.total_steps);
      progress.update(state);
      if (isFinal(state)) return state;
      since = state.event_seq;
      await pause(PAUSE_MS, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    const hint = `It goes on. Watch it: aitbc executions watch ${id}; end it: aitbc executions cancel ${id}`;
    throw new CliError('Interrupted.', EXIT.interrupted, hint);
  } finally {
    progress?.end();
  }
}

/**
 * The end of an execution as the result of a command.
 * @throws CliError after the result was shown, when the execution did not complete.
 */
export function showEnd({ out }: Session, state: Schemas['Execution']): void {
  out.note(`Execution ${state.execution_id} ${executionSummary(state, new Style(false))}`);
  if (state.status === 'completed') return out.result(state, () => JSON.stringify(state.final_result, null, 2));
  if (out.json) out.result(state, () => '');
  const where = state.failed_step === null ? '' : ` at step ${state.failed_step}`;
  throw new CliError(
    `The execution ${state.status}${where}.`,
    EXIT.failed,
    `aitbc executions logs ${state.execution_id}`,
  );
}
