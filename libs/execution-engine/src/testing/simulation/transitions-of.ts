import type { EventRecord } from '../../core/execution-state';
import type { EngineEvent } from '../../core/engine-event';
import type { ExecutionCommit } from '../../ports/store.port';

export type TransitionType = EngineEvent['type'];

/** Every type of event of the transition function; the compiler says when one is missing. */
const ALL: Readonly<Record<TransitionType, true>> = {
  execution_started: true,
  execution_completed: true,
  execution_failed: true,
  cancel_requested: true,
  deadline_reached: true,
  pause_requested: true,
  resume_requested: true,
  steps_adopted: true,
  step_started: true,
  step_unprepared: true,
  step_wait_begun: true,
  step_wait_ended: true,
  step_restarted: true,
  step_skipped: true,
  step_succeeded: true,
  step_failed: true,
  step_suspended: true,
};
export const TRANSITION_TYPES = Object.keys(ALL) as TransitionType[];

const BY_RECORD: Readonly<Record<string, TransitionType>> = {
  'execution.started': 'execution_started',
  'execution.completed': 'execution_completed',
  'execution.cancelled': 'cancel_requested',
  'execution.paused': 'pause_requested',
  'execution.resumed': 'resume_requested',
  'execution.forked': 'steps_adopted',
  'step.started': 'step_started',
  'step.restarted': 'step_restarted',
  'step.skipped': 'step_skipped',
  'step.completed': 'step_succeeded',
  'step.awaited': 'step_wait_ended',
};

/** The transitions that led to a commit, read from its history and from the steps that changed without one. */
export function transitionsOf({ records, steps }: ExecutionCommit): Set<TransitionType> {
  const found = new Set(records.map((record) => typeOf(record)).filter((type) => type !== undefined));
  const waiting = steps.filter(({ status, wait }) => status === 'waiting' && wait?.kind !== 'retry');
  const awaited = new Set(records.filter(({ type }) => type === 'step.waiting').map(({ stepId }) => stepId));
  for (const step of waiting) {
    // A step that waits to start has not begun an attempt; one that looks at its job again leaves no record.
    if (step.attempt > 0) found.add('step_suspended');
    else if (awaited.has(step.stepId)) found.add('step_wait_begun');
  }
  return found;
}

function typeOf({ type, data }: EventRecord): TransitionType | undefined {
  if (type === 'execution.failed') return failureOf(data['code']);
  if (type === 'step.failed' || type === 'step.retrying') {
    return data['code'] === UNPREPARED_CODE ? 'step_unprepared' : 'step_failed';
  }
  return BY_RECORD[type];
}

/** The codes by which the simulated evaluator and handlers say which transition a failure is. */
export const UNPREPARED_CODE = 'expression_failed';
export const RESULT_CODE = 'expression_timeout';

function failureOf(code: unknown): TransitionType | undefined {
  if (code === 'execution_timeout') return 'deadline_reached';
  return code === RESULT_CODE ? 'execution_failed' : undefined;
}
