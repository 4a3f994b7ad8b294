import { SUM_STEPS } from '../load/load-steps';

/** Longer than a drill: what is restored goes on where it was, and not past its time. */
const PATIENCE = { max_execution_time: 3_600 };

const timer = (seconds: number) => ({
  name: 'Wait',
  step_type: 'data_processing',
  timeout_seconds: 1_800,
  config: { expression: '1', wait_for: { seconds } },
});

/** A job for a miner. */
const job = () => ({
  name: 'Job',
  step_type: 'inference',
  timeout_seconds: 1_800,
  config: { service_type: 'text_analysis', parameters: { tasks: ['language'] } },
  input_mappings: { text: { literal: 'A fine day.' } },
});

/** Ends in some milliseconds. */
const sum = { ...PATIENCE, name: 'Sum', steps: SUM_STEPS };

/** Is nearly always in the middle when a backup is made: waits, has a job done, waits again. */
const journey = {
  ...PATIENCE,
  name: 'Journey',
  steps: {
    before: timer(0.7),
    job: job(),
    after: timer(0.9),
    ...SUM_STEPS,
  },
  dependencies: { job: ['before'], after: ['job'], sum: ['after'] },
};

/** Two jobs at once. */
const jobs = {
  ...PATIENCE,
  name: 'Jobs',
  steps: { one: job(), two: job() },
};

/** Bodies of `POST /workflows`, which clients execute in turn. */
export const SHAPES: readonly object[] = [journey, sum, jobs, journey];
