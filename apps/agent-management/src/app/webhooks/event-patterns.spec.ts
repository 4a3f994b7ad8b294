import { EVENT_PATTERN, matchesEventType } from './event-patterns';

describe('patterns of event types', () => {
  it.each([
    [['*'], 'execution.completed', true],
    [['execution.*'], 'execution.completed', true],
    [['execution.*'], 'step.completed', false],
    [['step.*', 'execution.failed'], 'execution.failed', true],
    [['execution.fail'], 'execution.failed', false],
    [['execution.failed'], 'execution.fail', false],
    [[], 'execution.failed', false],
  ])('%j and %s: %s', (patterns, type, expected) => {
    expect(matchesEventType(patterns, type)).toBe(expected);
  });

  it.each(['*', 'execution.*', 'step.*', 'execution.completed', 'step.retrying'])('may be %s', (pattern) => {
    expect(pattern).toMatch(EVENT_PATTERN);
  });

  it.each(['', '**', '*.*', 'execution', 'execution.', 'execution.**', 'job.done', 'step.A', 'step.a.b', 'step.a*'])(
    'may not be %j',
    (pattern) => {
      expect(pattern).not.toMatch(EVENT_PATTERN);
    },
  );
});
