import { JOB_STATES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';

const { flag, instant, integer, nullable, number, object, ref } = schema;

const successRate = nullable(
  number('Completed ones among those that were completed or failed, 0..1; null when there are none.'),
);

/** What `ecosystemView` answers. */
export const ecosystemSchema = object(
  {
    jobs: object({
      total: integer(),
      by_state: object(Object.fromEntries(JOB_STATES.map((state) => [state, integer()]))),
      queue_depth: integer('Jobs that wait for a miner.'),
      success_rate: successRate,
    }),
    last_24_hours: object({
      submitted: integer(),
      completed: integer(),
      failed: integer(),
      canceled: integer(),
      expired: integer(),
      jobs_per_hour: number('Completed jobs.'),
      success_rate: successRate,
      mean_wait_ms: nullable(integer('Of completed jobs, from submission to the start of the attempt that succeeded.')),
      mean_run_ms: nullable(integer('Of completed jobs, from that start to the result.')),
    }),
    miners: object({
      registered: integer(),
      online: integer('Heard lately.'),
      online_capacity: integer('Jobs that these can run at once.'),
    }),
    agents_available: flag('False when nobody can tell about agents at the moment.'),
    agents: nullable(
      object({ registered: integer('All but the retired ones.'), active: integer(), online: integer('Heard lately.') }),
    ),
    as_of: instant('When they were counted: on a large platform some time ago.'),
  },
  { description: 'The platform in figures.' },
);

export const dashboardDocument: FeatureDocument = {
  tag: { name: 'dashboard', description: 'The platform in figures.' },
  schemas: { Ecosystem: ecosystemSchema },
  operations: [
    operation({
      ...{ method: 'get', path: '/dashboard/ecosystem', id: 'getEcosystem', summary: 'Jobs, miners and agents' },
      responses: { 200: answer('The figures as of the moment that they name.', ref('Ecosystem')) },
    }),
  ],
};
