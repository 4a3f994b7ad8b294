import type { JobState } from '@aitbc/contracts';
import { isFinalJob, JOB_EVENTS, type JobEvent } from './job-state';
import { JOB_STATES } from './job.enums';

const leaving = (state: JobState): JobEvent[] => {
  const events = Object.entries(JOB_EVENTS) as [JobEvent, { from: readonly JobState[] }][];
  return events.filter(([, { from }]) => from.includes(state)).map(([event]) => event);
};

describe('job states', () => {
  it.each(JOB_STATES.filter(isFinalJob))('%s is never left', (state) => {
    expect(leaving(state)).toEqual([]);
  });

  it('lets a queued job be claimed, canceled or expired, and nothing else', () => {
    expect(leaving('QUEUED')).toEqual(['claimed', 'canceled', 'expired']);
  });

  it('lets a running job end or return to the queue, but not expire or be claimed again', () => {
    expect(leaving('RUNNING')).toEqual(['completed', 'failed', 'requeued', 'canceled']);
  });

  it('can reach every state', () => {
    const reached = new Set<JobState>(['QUEUED', ...Object.values(JOB_EVENTS).map(({ to }) => to)]);
    expect([...reached].sort()).toEqual([...JOB_STATES].sort());
  });
});
