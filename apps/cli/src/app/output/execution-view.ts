import type { Schemas } from '@aitbc/agent-client';
import type { Output } from './output';
import { plain, type Style } from './style';

type Execution = Schemas['Execution'];
type StepState = Schemas['StepState'];

const FINAL: readonly string[] = ['completed', 'failed', 'cancelled'];
const SYMBOLS: Readonly<Record<string, string>> = {
  completed: '✓',
  failed: '✗',
  cancelled: '✗',
  skipped: '-',
  pending: '·',
};

export function isFinal({ status }: Pick<Execution, 'status'>): boolean {
  return FINAL.includes(status);
}

/** What a step does now, in a few words: `running`, `waiting for a job`, `running, attempt 2`, `completed in 0.3 s`. */
export function stepSummary(step: StepState): string {
  const attempt = step.attempt > 1 ? `, attempt ${step.attempt}` : '';
  if (step.status === 'waiting' && step.waits_for !== null) return `waiting for a ${step.waits_for}${attempt}`;
  const took = FINAL.includes(step.status) ? secondsBetween(step.started_at, step.completed_at) : undefined;
  const error = step.error_message === null ? '' : `: ${plain(step.error_message)}`;
  return `${step.status}${took === undefined ? '' : ` in ${took.toFixed(1)} s`}${attempt}${error}`;
}

/**
 * One line of a step.
 * @param spinner stands before a step that is under way.
 */
export function stepLine(step: StepState, options: { width: number; spinner: string; style: Style }): string {
  const { width, spinner, style } = options;
  const symbol = style.status(step.status, SYMBOLS[step.status] ?? spinner);
  return `${symbol} ${plain(step.name).padEnd(width)}  ${style.status(step.status, stepSummary(step))}`;
}

/** How an execution ended, or how far it is. */
export function executionSummary(state: Execution, style: Style): string {
  const took = state.total_execution_time === null ? '' : ` in ${state.total_execution_time.toFixed(1)} s`;
  const steps = `${state.completed_steps} of ${state.total_steps} steps`;
  const cost = state.total_cost > 0 ? `, cost ${state.total_cost} coins` : '';
  const error = state.error_message === null ? '' : `: ${plain(state.error_message)}`;
  return `${style.status(state.status)}${took}, ${steps}${cost}${error}`;
}

export function stepsOf(state: Execution): StepState[] {
  return Object.values(state.step_states);
}

export function nameWidth(steps: readonly StepState[]): number {
  return Math.max(0, ...steps.map(({ name }) => plain(name).length));
}

/** How far it is, and its steps, as the result of a command. */
export function showState(out: Output, state: Execution): void {
  out.result(state, () => {
    const steps = stepsOf(state);
    const options = { width: nameWidth(steps), spinner: '●', style: out.style };
    return [executionSummary(state, out.style), ...steps.map((step) => `  ${stepLine(step, options)}`)].join('\n');
  });
}

function secondsBetween(from: string | null, to: string | null): number | undefined {
  return from === null || to === null ? undefined : (Date.parse(to) - Date.parse(from)) / 1000;
}
