export const EXECUTION_STATUSES = [
  'pending',
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export const STEP_STATUSES = ['pending', 'running', 'waiting', 'completed', 'failed', 'skipped', 'cancelled'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** What a waiting step waits for. */
export const WAIT_KINDS = ['retry', 'job', 'timer', 'signal'] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** `completed`, `failed` and `cancelled` executions never change again. */
export function isFinalExecution(status: ExecutionStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

export function isFinalStep(status: StepStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'skipped' || status === 'cancelled';
}

const NEXT_EXECUTION: Readonly<Record<ExecutionStatus, readonly ExecutionStatus[]>> = {
  pending: ['running', 'paused', 'failed', 'cancelled'],
  running: ['waiting', 'paused', 'completed', 'failed', 'cancelled'],
  waiting: ['running', 'paused', 'completed', 'failed', 'cancelled'],
  paused: ['pending', 'running', 'waiting', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

/** Whether an execution may go from one status to another. */
export function canChangeExecution(from: ExecutionStatus, to: ExecutionStatus): boolean {
  return NEXT_EXECUTION[from].includes(to);
}

const NEXT_STEP: Readonly<Record<StepStatus, readonly StepStatus[]>> = {
  pending: ['running', 'waiting', 'skipped', 'failed', 'cancelled'],
  running: ['waiting', 'completed', 'failed', 'cancelled'],
  waiting: ['running', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  skipped: [],
  cancelled: [],
};

/** Whether a step may go from one status to another. */
export function canChangeStep(from: StepStatus, to: StepStatus): boolean {
  return NEXT_STEP[from].includes(to);
}
