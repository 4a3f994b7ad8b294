import {
  authenticate,
  type Database,
  generateSigningKey,
  IdempotencyRecords,
  platformEntities,
  platformMigrations,
  type Principal,
} from '@aitbc/shared-core';
import { createTestApp, type EngineContext, type TestApp } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { AgentRepository } from '../agent.repository';
import { createAgentRouter } from '../agent.router';
import { AgentService } from '../agent.service';

export const ALICE: Principal = { subject: 'alice', role: 'client', keyId: 'key_alice' };
export const BOB: Principal = { subject: 'bob', role: 'client', keyId: 'key_bob' };
const ADMIN: Principal = { subject: 'root', role: 'admin', keyId: 'key_root' };

/** A clock that a test moves. */
export class TestClock {
  constructor(public ms = Date.parse('2026-06-01T12:00:00.000Z')) {}

  readonly now = (): number => this.ms;

  advance(seconds: number): void {
    this.ms += seconds * 1000;
  }
}

export interface AgentFixture {
  readonly db: Database;
  readonly clock: TestClock;
  readonly repository: AgentRepository;
  readonly service: AgentService;
  /** Keys are the subjects: `alice`, `bob`, `root`. */
  readonly http: TestApp;
}

export async function openAgents(engine: EngineContext): Promise<AgentFixture> {
  const db = await engine.openDatabase({
    entities: [...platformEntities, ...agentContextEntities],
    migrations: [...platformMigrations, ...agentContextMigrations],
  });
  const clock = new TestClock();
  const repository = new AgentRepository(db);
  const service = new AgentService(db, repository, clock.now);
  const principals = new Map([ALICE, BOB, ADMIN].map((principal) => [principal.subject, principal]));
  const router = createAgentRouter({
    service,
    records: new IdempotencyRecords(db),
    profileParts: [{ name: 'performance', of: async (agentId) => ({ asked_for: agentId }) }],
    statsParts: [{ figures: async () => ({ total_executions: 7 }) }],
  });
  const http = createTestApp((app) => {
    app.use('/api/v1/agent', authenticate({ authenticate: async (key) => principals.get(key) }), router);
  });
  return { db, clock, repository, service, http };
}

export function registration(changes: object = {}) {
  return { public_key: generateSigningKey().jwk, capabilities: ['translate'], ...changes };
}
