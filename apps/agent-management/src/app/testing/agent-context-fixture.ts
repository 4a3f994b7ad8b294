import {
  authenticate,
  type Database,
  ensureSigningKey,
  generateSigningKey,
  type Logger,
  platformEntities,
  platformMigrations,
  type Principal,
  SigningKeys,
  type Tracer,
} from '@aitbc/shared-core';
import {
  createTestApp,
  type EngineContext,
  type LogLine,
  memoryLogger,
  type TestApp,
  waitFor,
} from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations, ExecutionEvent } from '@aitbc/shared-domain';
import request, { type Test } from 'supertest';
import { type AgentContext, type AgentContextConfiguration, composeAgentContext } from '../compose';
import { type EngineLink, openEngineLink } from '../executions';
import { TestJobClient } from './test-job-client';

export const PREFIX = '/api/v1/agent';
export const ISSUER = 'https://coordinator.test';

const PRINCIPALS = new Map<string, Principal>([
  ['alice', { subject: 'alice', role: 'client', keyId: 'key_alice' }],
  ['bob', { subject: 'bob', role: 'client', keyId: 'key_bob' }],
  ['root', { subject: 'root', role: 'admin', keyId: 'key_root' }],
]);
const FINAL = ['completed', 'failed', 'cancelled'];
const DEFAULTS: AgentContextConfiguration = {
  WORKER_CONCURRENCY: 64,
  LEASE_SECONDS: 30,
  EXECUTION_RETENTION_DAYS: 0,
  WEBHOOK_ALLOWED_NETWORKS: ['127.0.0.1/32'],
  WEBHOOK_ALLOW_HTTP: 'on',
  WEBHOOK_TIMEOUT_SECONDS: 5,
  WEBHOOK_RETRY_SCHEDULE: [20, 20, 20],
  WEBHOOK_DISABLE_AFTER_HOURS: 120,
  WEBHOOK_RETENTION_DAYS: 30,
  INFERENCE_BASE_URL: undefined,
  INFERENCE_API_KEY: undefined,
  INFERENCE_MODELS: undefined,
  INFERENCE_PRICES: undefined,
  CUSTOM_CODE_PRICE_PER_CPU_SECOND: 0,
};

export interface AgentContextOptions {
  /** Of a database that is shared with another context. */
  readonly url?: string;
  readonly jobs?: TestJobClient;
  readonly config?: Partial<AgentContextConfiguration>;
  /** True by default. */
  readonly worker?: boolean;
  /** Longest time between two looks of the worker. */
  readonly pollMs?: number;
  /** By default as in production; closed with the context. */
  readonly link?: (db: Database, logger: Logger) => Promise<EngineLink>;
  /** Told of requests and executions. */
  readonly tracer?: Tracer;
}

/** What `GET /executions/{id}` answers, as far as tests read it. */
export interface StatusBody {
  readonly execution_id: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly failed_step: string | null;
  readonly total_cost: number;
  readonly event_seq: number;
  readonly final_result: unknown;
  readonly step_states: Record<string, StepStateBody>;
}

export interface StepStateBody {
  readonly status: string;
  readonly attempt: number;
  readonly output: unknown;
  readonly error_code: string | null;
  readonly job_id: string | null;
  readonly waits_for: string | null;
}

/** The agent context on a real database, behind a real app; keys are the subjects `alice`, `bob` and `root` (admin). */
export class AgentContextFixture {
  private constructor(
    readonly db: Database,
    readonly keys: SigningKeys,
    readonly jobs: TestJobClient,
    readonly context: AgentContext,
    readonly http: TestApp,
    /** What was logged, HTTP aside. */
    readonly lines: readonly LogLine[],
  ) {}

  /** Stop its `context` in `afterAll`. */
  static async open(engine: EngineContext, options: AgentContextOptions = {}): Promise<AgentContextFixture> {
    const db = await engine.openDatabase({
      ...(options.url === undefined ? {} : { url: options.url }),
      entities: [...platformEntities, ...agentContextEntities],
      migrations: [...platformMigrations, ...agentContextMigrations],
      prepare: ensureSigningKey,
    });
    const keys = await SigningKeys.load(db);
    const { jobs = new TestJobClient(), config, worker = true, pollMs, tracer } = options;
    const { logger, lines } = memoryLogger();
    const link = await (options.link ?? openEngineLink)(db, logger);
    const parts = { db, link, keys, jobs, logger, issuer: () => ISSUER, ...(pollMs === undefined ? {} : { pollMs }) };
    const traced = tracer ? { tracer } : {};
    const context = composeAgentContext({ ...parts, ...traced, config: { ...DEFAULTS, ...config } });
    const http = createTestApp((app) => {
      const identify = authenticate({ authenticate: async (key) => PRINCIPALS.get(key) });
      app.use(PREFIX, identify, ...context.routers);
    }, traced);
    if (worker) context.startWorker();
    return new AgentContextFixture(db, keys, jobs, context, http, lines);
  }

  request(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, subject = 'alice'): Test {
    return request(this.http.app)[method](`${PREFIX}${path}`).set('X-Api-Key', subject);
  }

  get(path: string, subject?: string): Test {
    return this.request('get', path, subject);
  }

  post(path: string, body: object = {}, subject?: string): Test {
    return this.request('post', path, subject).send(body);
  }

  delete(path: string, subject?: string): Test {
    return this.request('delete', path, subject);
  }

  /** Registers an agent of this owner; gives its id. */
  async agent(subject = 'alice', changes: object = {}): Promise<string> {
    const registration = { public_key: generateSigningKey().jwk, capabilities: [], ...changes };
    const response = await this.post('/agents/register', registration, subject);
    if (response.status !== 201) throw new Error(`not registered: ${response.text}`);
    return String(response.body.agent.agent_id);
  }

  /** Stores a workflow of these steps; gives its id. */
  async workflow(steps: Record<string, object>, changes: object = {}, subject = 'alice'): Promise<string> {
    const response = await this.post('/workflows', { name: 'Test', steps, ...changes }, subject);
    if (response.status !== 201) throw new Error(`not stored: ${response.text}`);
    return String(response.body.id);
  }

  /** Starts an execution; gives its id. */
  async start(workflowId: string, body: object = {}, subject = 'alice'): Promise<string> {
    const response = await this.post(`/workflows/${workflowId}/execute`, body, subject);
    if (response.status !== 202) throw new Error(`not started: ${response.text}`);
    return String(response.body.execution_id);
  }

  async status(executionId: string): Promise<StatusBody> {
    const response = await this.get(`/executions/${executionId}`, 'root');
    if (response.status !== 200) throw new Error(response.text);
    return response.body as StatusBody;
  }

  /** Waits until the execution is final, or until `condition` holds. */
  async until(
    executionId: string,
    condition: (body: StatusBody) => boolean = ({ status }) => FINAL.includes(status),
    timeoutMs = 15_000,
  ): Promise<StatusBody> {
    let last: StatusBody | undefined;
    try {
      return await waitFor(async () => (condition((last = await this.status(executionId))) ? last : undefined), {
        timeoutMs,
      });
    } catch (error) {
      throw new Error(`waited in vain; the execution is ${JSON.stringify(last)}`, { cause: error });
    }
  }

  /** Stores a workflow, runs it, and gives what became of it. */
  async run(steps: Record<string, object>, changes: object = {}, body: object = {}): Promise<StatusBody> {
    return this.until(await this.start(await this.workflow(steps, changes), body));
  }

  /** The types of an execution's events with their steps, in order; fails when there is a gap. */
  async history(executionId: string): Promise<string[]> {
    const events = await this.db.read((manager) =>
      manager.find(ExecutionEvent, { where: { executionId }, order: { seq: 'ASC' } }),
    );
    const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
    if (gap >= 0) throw new Error(`event ${gap + 1} of ${executionId} is missing`);
    return events.map(({ type, stepId }) => (stepId === null ? type : `${type} ${stepId}`));
  }
}

export function dataStep(expression: string, changes: object = {}): object {
  return { name: 'Data', step_type: 'data_processing', config: { expression }, ...changes };
}

export function codeStep(code: string, changes: object = {}): object {
  return { name: 'Code', step_type: 'custom', config: { code }, ...changes };
}

/** A step that waits for a job of the miners. */
export function jobStep(changes: object = {}): object {
  const config = { service_type: 'llm_inference', parameters: { model: 'tiny' } };
  return { name: 'Job', step_type: 'inference', config, input_mappings: { prompt: 'inputs.prompt' }, ...changes };
}

/** Short waits between attempts, so that a test of retries is a quick one. */
export const QUICK_RETRY = { initial_interval_ms: 1, maximum_interval_ms: 5, jitter: false };
