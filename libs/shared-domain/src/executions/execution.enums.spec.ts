import {
  canChangeExecution,
  canChangeStep,
  EXECUTION_STATUSES,
  isFinalExecution,
  isFinalStep,
  STEP_STATUSES,
} from './execution.enums';

describe('the statuses of an execution', () => {
  const next = Object.fromEntries(
    EXECUTION_STATUSES.map((from) => [from, EXECUTION_STATUSES.filter((to) => canChangeExecution(from, to))]),
  );

  it('change in exactly these ways', () => {
    expect(next).toEqual({
      pending: ['running', 'paused', 'failed', 'cancelled'],
      running: ['waiting', 'paused', 'completed', 'failed', 'cancelled'],
      waiting: ['running', 'paused', 'completed', 'failed', 'cancelled'],
      paused: ['pending', 'running', 'waiting', 'failed', 'cancelled'],
      completed: [],
      failed: [],
      cancelled: [],
    });
  });

  it.each(EXECUTION_STATUSES)('are final if and only if nothing follows: %s', (status) => {
    expect(isFinalExecution(status)).toBe(next[status]?.length === 0);
  });

  it.each(EXECUTION_STATUSES.filter((status) => !isFinalExecution(status)))('can be cancelled from %s', (status) => {
    expect(canChangeExecution(status, 'cancelled')).toBe(true);
  });
});

describe('the statuses of a step', () => {
  const next = Object.fromEntries(
    STEP_STATUSES.map((from) => [from, STEP_STATUSES.filter((to) => canChangeStep(from, to))]),
  );

  it('change in exactly these ways: one that has begun is never skipped', () => {
    expect(next).toEqual({
      pending: ['running', 'waiting', 'failed', 'skipped', 'cancelled'],
      running: ['waiting', 'completed', 'failed', 'cancelled'],
      waiting: ['running', 'completed', 'failed', 'cancelled'],
      completed: [],
      failed: [],
      skipped: [],
      cancelled: [],
    });
  });

  it.each(STEP_STATUSES)('are final if and only if nothing follows: %s', (status) => {
    expect(isFinalStep(status)).toBe(next[status]?.length === 0);
  });
});
