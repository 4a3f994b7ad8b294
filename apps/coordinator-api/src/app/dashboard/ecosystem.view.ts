import type { JobState } from '@aitbc/contracts';
import { JOB_STATES } from '@aitbc/coordinator-domain';
import type { Ecosystem } from './ecosystem.service';
import type { JobFigures } from './ecosystem.store';

/** Body of `GET /dashboard/ecosystem`. A rate or mean of nothing is null. */
export function ecosystemView({ jobs, miners, agents, asOf }: Ecosystem) {
  const count = (state: JobState): number => jobs.byState.get(state) ?? 0;
  return {
    jobs: {
      total: JOB_STATES.reduce((sum, state) => sum + count(state), 0),
      by_state: Object.fromEntries(JOB_STATES.map((state) => [state, count(state)])),
      queue_depth: count('QUEUED'),
      success_rate: rate(count('COMPLETED'), count('FAILED')),
    },
    last_24_hours: lastDayView(jobs),
    miners: { registered: miners.registered, online: miners.online, online_capacity: miners.capacity },
    agents_available: agents !== undefined,
    agents: agents ? { registered: agents.registered, active: agents.active, online: agents.online } : null,
    as_of: new Date(asOf).toISOString(),
  };
}

function lastDayView(jobs: JobFigures) {
  return {
    submitted: jobs.submitted,
    completed: jobs.completed,
    failed: jobs.failed,
    canceled: jobs.canceled,
    expired: jobs.expired,
    jobs_per_hour: jobs.completed / 24,
    success_rate: rate(jobs.completed, jobs.failed),
    mean_wait_ms: jobs.meanWaitMs,
    mean_run_ms: jobs.meanRunMs,
  };
}

/** Canceled and expired jobs say nothing of how well the work goes. */
function rate(completed: number, failed: number): number | null {
  const tried = completed + failed;
  return tried === 0 ? null : completed / tried;
}
