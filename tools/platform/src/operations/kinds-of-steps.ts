/** Steps that have a service start all that it can: its children, threads for code, and a job in a thread of the miner. */
export const KINDS_OF_STEPS = {
  expression: { name: 'Expression', step_type: 'data_processing', config: { expression: 'inputs.n + 1' } },
  code: {
    name: 'Code',
    step_type: 'custom',
    config: { code: 'export default ({ n }) => n * 2;' },
    input_mappings: { n: 'inputs.n' },
  },
  analysis: {
    name: 'Job in a thread of the miner',
    step_type: 'inference',
    config: { service_type: 'text_analysis', parameters: { text: 'A fine day', tasks: ['sentiment'] } },
    input_mappings: {},
  },
};
