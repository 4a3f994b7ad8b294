import { UnavailableProver } from '@aitbc/receipts';
import {
  authenticate,
  type Database,
  IdempotencyRecords,
  platformEntities,
  platformMigrations,
  type Principal,
} from '@aitbc/shared-core';
import { createTestApp, type EngineContext, type TestApp } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import Ajv2020 from 'ajv/dist/2020';
import jsonata from 'jsonata';
import type { WorkflowCheckers } from '../checkers.port';
import type { RunningExecutions } from '../running-executions.port';
import { WorkflowRepository } from '../workflow.repository';
import { createWorkflowRouter } from '../workflow.router';
import { WorkflowService } from '../workflow.service';
import { WorkflowValidator } from '../workflow-validator';

export const ALICE: Principal = { subject: 'alice', role: 'client', keyId: 'key_alice' };
export const BOB: Principal = { subject: 'bob', role: 'client', keyId: 'key_bob' };
export const ADMIN: Principal = { subject: 'root', role: 'admin', keyId: 'key_root' };

/** Enough of JSONata's paths for these tests; the real ones are told by `@aitbc/sandbox`. */
const PATH = /\$?\b[a-z]+(\.\w+)+/g;

/** The real languages, in the test's own process. */
export const testCheckers: WorkflowCheckers = {
  expressions: {
    check: async (expressions) => expressions.map(expressionProblem),
    paths: async (expressions) => expressions.map((text) => [...text.matchAll(PATH)].map(([path]) => path.split('.'))),
  },
  code: { check: async (code) => (code.includes('export default') ? undefined : 'has no default export') },
  prover: new UnavailableProver(),
  schemas: { check: async (schema) => messageOf(() => new Ajv2020().compile(schema)) },
};

/** Executions as a number that a test sets. */
export class FakeExecutions implements RunningExecutions {
  running = 0;
  readonly cancelled: string[] = [];

  async count(): Promise<number> {
    return this.running;
  }

  async cancelAll(workflowId: string): Promise<void> {
    this.cancelled.push(workflowId);
  }
}

export interface WorkflowFixture {
  readonly db: Database;
  readonly repository: WorkflowRepository;
  readonly service: WorkflowService;
  readonly executions: FakeExecutions;
  /** Keys are the subjects: `alice`, `bob`, `root`. */
  readonly http: TestApp;
}

export async function openWorkflows(engine: EngineContext): Promise<WorkflowFixture> {
  const db = await engine.openDatabase({
    entities: [...platformEntities, ...agentContextEntities],
    migrations: [...platformMigrations, ...agentContextMigrations],
  });
  const repository = new WorkflowRepository(db);
  const executions = new FakeExecutions();
  const service = new WorkflowService(db, repository, new WorkflowValidator(testCheckers), executions);
  const principals = new Map([ALICE, BOB, ADMIN].map((principal) => [principal.subject, principal]));
  const http = createTestApp((app) => {
    const identify = authenticate({ authenticate: async (key) => principals.get(key) });
    app.use('/api/v1/agent', identify, createWorkflowRouter(service, new IdempotencyRecords(db)));
  });
  return { db, repository, service, executions, http };
}

/** A body that is accepted: `fetch` and `clean` side by side, then `join`. */
export function workflowRequest(changes: object = {}) {
  return {
    name: 'Two and one',
    tags: ['demo'],
    steps: { fetch: dataStep('inputs.a'), clean: dataStep('inputs.b'), join: dataStep('steps.fetch.output') },
    dependencies: { join: ['fetch', 'clean'] },
    ...changes,
  };
}

export function dataStep(expression: string, changes: object = {}) {
  return { name: 'Data', step_type: 'data_processing', config: { expression }, ...changes };
}

function expressionProblem(expression: string) {
  try {
    jsonata(expression);
    return undefined;
  } catch (error) {
    return { message: messageText(error), position: Object(error).position as number };
  }
}

function messageOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return messageText(error);
  }
}

function messageText(error: unknown): string {
  return String(Object(error).message);
}
