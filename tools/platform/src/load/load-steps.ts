/** Steps of a workflow that the service runs by itself; it wants `inputs.n`. */
export const SUM_STEPS = {
  sum: { name: 'Sum', step_type: 'data_processing', config: { expression: 'inputs.n + 1' } },
};

/** Steps of a workflow that has a job for a miner. */
export const ANALYSIS_STEPS = {
  analysis: {
    name: 'Analysis',
    step_type: 'inference',
    config: { service_type: 'text_analysis', parameters: { text: 'A fine day.', tasks: ['language'] } },
  },
};
