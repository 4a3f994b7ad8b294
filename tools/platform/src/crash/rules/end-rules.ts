import { readFlag } from '@aitbc/shared-core';
import { FINAL, groupBy, type Rule } from '../run-record';

/** Every acknowledged execution is there, and has ended as it had to. */
export const acknowledgedEnd: Rule = ({ acknowledged, executions }) => {
  const byId = new Map(executions.map((execution) => [execution.id, execution]));
  return acknowledged.flatMap(({ id, endsAs }) => {
    const status = byId.get(id)?.status ?? 'lost';
    return status === endsAs ? [] : [`${id} should have ended as ${endsAs}, and is ${status}`];
  });
};

/** Nothing is held, due or left open by what has ended, and everything has ended. */
export const nothingStranded: Rule = ({ executions, steps, jobs }) => [
  ...executions.filter(({ status }) => !FINAL.includes(status)).map(({ id, status }) => `${id} is still ${status}`),
  ...executions.filter(({ lease_owner: owner }) => owner !== null).map(({ id }) => `a lease of ${id} is still held`),
  ...executions
    .filter(({ status, wake_at: at }) => FINAL.includes(status) && at !== null)
    .map(({ id }) => `${id} is due`),
  ...steps
    .filter((step) => readFlag(step.release_pending))
    .map((step) => `${step.execution_id}:${step.step_id} has not let go of what it holds`),
  ...jobs
    .filter(({ state }) => state === 'QUEUED' || state === 'RUNNING')
    .map(({ id, state }) => `job ${id} is ${state}`),
];

/** One key is one job, and what was waiting for it did not go on with another one. */
export const oneJobForEachKey: Rule = ({ jobs, steps }) => {
  const byKey = groupBy(jobs, ({ idempotency_key: key }) => key);
  const completed = steps.filter(({ step_id: step, status }) => step.startsWith('job') && status === 'completed');
  return [
    ...[...byKey].filter(([, same]) => same.length > 1).map(([key, same]) => `${key} has ${same.length} jobs`),
    ...completed
      .map(({ execution_id: id, step_id: step, attempt }) => `${id}:${step}:${attempt}`)
      .filter((key) => byKey.get(key)?.[0]?.state !== 'COMPLETED')
      .map((key) => `${key} is completed, and its job is not`),
  ];
};
