import { JOB_EVENTS, type JobEvent } from '@aitbc/coordinator-domain';

/**
 * The condition under which an event applies to a job, as SQL. The states stand in the text, not in parameters: only so
 * do the planners use the partial indexes of the queue and of the running jobs.
 */
export function from(event: JobEvent): string {
  const states = JOB_EVENTS[event].from.map((state) => `'${state}'`);
  return states.length === 1 ? `state = ${states.join()}` : `state IN (${states.join(', ')})`;
}

/** The state after an event, as an SQL literal. */
export function to(event: JobEvent): string {
  return `'${JOB_EVENTS[event].to}'`;
}
