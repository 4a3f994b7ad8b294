/** A call of a route as its page shows it; a test makes all calls of a page, in their order there. */
export interface ApiExample {
  /** Whose key `$KEY` is. */
  readonly as: 'client' | 'admin' | 'miner';
  readonly body?: unknown;
  readonly query?: string;
  /** Path parameters that need no call before; others are variables of the shell, `{agent_id}` is `$AGENT`. */
  readonly path?: Readonly<Record<string, string>>;
  /** What the answer has for the examples after it: a variable of the shell, and the field's path. */
  readonly gives?: Readonly<Record<string, string>>;
}

const PUBLIC_KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const REQUEST = { text: 'It was the best of times.', tasks: ['sentiment'] };

const WORKFLOW = {
  name: 'Mood of a text',
  steps: {
    analysis: {
      name: 'Analysis by a miner',
      step_type: 'inference',
      config: { service_type: 'text_analysis', parameters: { tasks: ['sentiment'] } },
      input_mappings: { text: 'inputs.text' },
    },
    report: {
      name: 'Report',
      step_type: 'data_processing',
      config: { expression: "{ 'mood': sentiment.label }" },
      input_mappings: { sentiment: 'steps.analysis.output.sentiment' },
    },
  },
  dependencies: { report: ['analysis'] },
};

/** By the ids of operations. */
export const API_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  submitJob: {
    as: 'client',
    body: { payload: { service_type: 'text_analysis', service_request: REQUEST } },
    gives: { JOB: 'job_id' },
  },
  getJobResult: { as: 'client', query: 'wait=20' },
  getJobReceipt: { as: 'client' },
  registerMiner: {
    as: 'miner',
    body: { miner_id: 'miner-7', public_key: PUBLIC_KEY, capabilities: { services: ['text_analysis'] } },
  },
  listGpuOffers: { as: 'client', query: 'status=available&max_price=0.5' },
  getServiceSchema: { as: 'client', path: { type: 'text_analysis' } },
  createApiKey: { as: 'admin', body: { subject: 'reader', role: 'client' } },
  registerAgent: {
    as: 'client',
    body: { name: 'Reader', public_key: PUBLIC_KEY, capabilities: ['reading'] },
    gives: { AGENT: 'agent.agent_id' },
  },
  activateAgent: { as: 'client' },
  createWorkflow: { as: 'client', body: WORKFLOW, gives: { WORKFLOW: 'id' } },
  executeWorkflow: {
    as: 'client',
    body: { inputs: { text: 'It was the best of times.' } },
    gives: { EXECUTION: 'execution_id' },
  },
  getExecution: { as: 'client', query: 'wait=20&until=final' },
  followExecution: { as: 'client' },
  getExecutionReceipt: { as: 'client' },
  createWebhook: {
    as: 'client',
    body: { url: 'https://example.org/hooks', event_types: ['execution.*'], active: false },
  },
  submitTextAnalysis: { as: 'client', body: REQUEST },
};

interface Called {
  readonly method: string;
  readonly path: string;
}

/** The call as a command line for curl. */
export function exampleCommand({ method, path }: Called, example: ApiExample, url: string): string {
  const { body, query, path: known = {} } = example;
  const target = path.replace(/\{(\w+?)(?:_id)?\}/g, (_, name: string) => known[name] ?? `$${name.toUpperCase()}`);
  const whole = `${url}${target}${query === undefined ? '' : `?${query}`}`;
  const how = method === 'POST' && body === undefined ? '-X POST ' : '';
  const call = `curl -sS --fail-with-body -H "X-Api-Key: $KEY" ${how}"${whole}"`;
  if (body === undefined) return call;
  const json = jsonText(body).replaceAll("'", String.raw`'\''`);
  return `${call} \\\n  -H 'Content-Type: application/json' -d '${json}'`;
}

const INLINE_LENGTH = 100;

/** As people write it: on one line what fits there. */
function jsonText(value: unknown, indent = ''): string {
  const inline = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']');
  if (inline.length + indent.length <= INLINE_LENGTH || value === null || typeof value !== 'object') return inline;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => jsonText(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => inner + line).join(',\n')}\n${indent}${close}`;
}
