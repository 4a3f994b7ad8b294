import { JOB_EVENTS, JobEvent, afterLostAttempt, isFinalJob, nextJobState } from './job-state';
import { JOB_STATES } from './job.enums';

const EVENTS = Object.keys(JOB_EVENTS) as JobEvent[];

describe('job states', () => {
  it.each(JOB_STATES.filter(isFinalJob))('%s is never left', (state) => {
    expect(EVENTS.map((event) => nextJobState(state, event))).toEqual(EVENTS.map(() => undefined));
  });

  it('lets a queued job be claimed, canceled or expired, and nothing else', () => {
    const possible = EVENTS.filter((event) => nextJobState('QUEUED', event) !== undefined);
    expect(possible).toEqual(['claimed', 'canceled', 'expired']);
  });

  it('lets a running job end or return to the queue, but not expire or be claimed again', () => {
    const possible = EVENTS.filter((event) => nextJobState('RUNNING', event) !== undefined);
    expect(possible).toEqual(['completed', 'failed', 'requeued', 'canceled']);
  });

  it('queues a lost attempt again until the third', () => {
    expect([1, 2, 3].map((attempts) => afterLostAttempt(attempts, true))).toEqual(['requeued', 'requeued', 'failed']);
  });

  it('fails at once when another try is pointless', () => {
    expect(afterLostAttempt(1, false)).toBe('failed');
  });
});
