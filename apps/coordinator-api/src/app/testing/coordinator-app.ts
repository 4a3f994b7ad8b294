import type {
  AgentCounts,
  AgentDirectory,
  ExecutionReceiptSummary,
  MinerResultClaim,
  ReceiptPage,
  ReceiptPageRequest,
} from '@aitbc/contracts';
import { coordinatorEntities, coordinatorMigrations } from '@aitbc/coordinator-domain';
import {
  ApiKeyService,
  authenticate,
  canonicalJson,
  type Database,
  ensureSigningKey,
  generateSigningKey,
  platformEntities,
  platformMigrations,
  type Role,
  sha256Hex,
  SigningKeys,
  signJws,
  type Tracer,
} from '@aitbc/shared-core';
import { createTestApp, type EngineContext, memoryLogger, type TestApp } from '@aitbc/shared-core/testing';
import request, { type Test } from 'supertest';
import { composeCoordinatorContext } from '../core/coordinator-context';
import { JobBells, JobLeases } from '../jobs';

const LEASE_SECONDS = 30;
export const ISSUER = 'https://coordinator.test';
export const minerKey = generateSigningKey();

type Method = 'get' | 'post' | 'put' | 'delete';

/** The coordinator's routes on an empty database, and the calls that tests make to it. */
export interface CoordinatorApp {
  readonly api: TestApp;
  readonly db: Database;
  readonly url: string;
  /** Beside those of the app, on the same database: for its sweep. */
  readonly leases: JobLeases;
  readonly agents: TestAgents;
  readonly signingKeys: SigningKeys;
  keyOf(subject: string): string;
  /** A call of a principal; `session` goes into `x-miner-session`. */
  call(subject: string, method: Method, path: string, body?: object, session?: string): Test;
  /** Registers a miner of `operator` that can do anything; gives its session. */
  register(subject: string, minerId: string, change?: object): Promise<string>;
  /** Queues a job of the client; gives its id. */
  submit(change?: object): Promise<string>;
  poll(subject: string, session: string, seconds?: number): Test;
  /** Lets a miner of `operator` take the next job and complete it; gives the receipt's id. */
  completeNext(session: string, minerId: string): Promise<string>;
}

const PRINCIPALS: [subject: string, role: Role][] = [
  ['client', 'client'],
  ['other', 'client'],
  ['operator', 'miner'],
  ['rival', 'miner'],
  ['root', 'admin'],
];

/**
 * @param beside an app whose database this one opens too: a second process, as far as the database can tell.
 * @param traced who is told of requests and jobs
 */
export async function openCoordinatorApp(
  context: EngineContext,
  beside?: Pick<CoordinatorApp, 'url'>,
  traced: { readonly tracer?: Tracer } = {},
): Promise<CoordinatorApp> {
  const url = beside?.url ?? (await context.freshUrl());
  const db = await context.openDatabase({
    url,
    entities: [...platformEntities, ...coordinatorEntities],
    migrations: [...platformMigrations, ...coordinatorMigrations],
    prepare: ensureSigningKey,
  });
  const signingKeys = await SigningKeys.load(db);
  const leases = new JobLeases(db, new JobBells(), LEASE_SECONDS);
  const agents = new TestAgents();
  const apiKeys = new ApiKeyService(db);
  const { logger } = memoryLogger();
  const parts = { db, keys: signingKeys, apiKeys, agents, logger, issuer: () => ISSUER, leaseSeconds: LEASE_SECONDS };
  const { routers } = composeCoordinatorContext({ ...parts, ...traced });
  const api = createTestApp((app) => app.use('/api/v1', authenticate(apiKeys), ...routers), traced);
  const secrets = await issueKeys(db);
  const keyOf = (subject: string): string => secrets.get(subject) ?? '';
  const call: CoordinatorApp['call'] = (subject, method, path, body, session) => {
    const test = request(api.app)[method](`/api/v1${path}`).set('x-api-key', keyOf(subject));
    if (session !== undefined) test.set('x-miner-session', session);
    return body === undefined ? test : test.send(body);
  };
  return {
    ...{ api, db, url, leases, agents, signingKeys, keyOf, call },
    register: async (subject, minerId, change) => {
      const answer = await call(subject, 'post', '/miners/register', registration({ miner_id: minerId, ...change }));
      return String(answer.body.session_token);
    },
    submit: async (change) => {
      const payload = { service_type: 'text_analysis', service_request: { text: 'a day', tasks: ['language'] } };
      return String((await call('client', 'post', '/jobs', { payload, ...change }).expect(201)).body.job_id);
    },
    poll: (subject, session, seconds = 0) =>
      call(subject, 'post', '/miners/poll', { max_wait_seconds: seconds }, session),
    completeNext: async (session, minerId) => {
      const { body } = await call('operator', 'post', '/miners/poll', { max_wait_seconds: 0 }, session).expect(200);
      const result = signedResult(String(body.job_id), minerId, Number(body.attempt));
      const answer = await call('operator', 'post', `/miners/${body.job_id}/result`, result, session).expect(200);
      return String(answer.body.receipt.id);
    },
  };
}

export function registration(change: object = {}): object {
  return {
    capabilities: { services: ['text_analysis'], models: [], gpus: [], price: 0.25 },
    concurrency: 4,
    public_key: minerKey.jwk,
    ...change,
  };
}

/** The body of a result as an honest miner sends it, or with a claim that differs. */
export function signedResult(jobId: string, minerId: string, attempt: number, change: Partial<MinerResultClaim> = {}) {
  const result = { language: 'en', confidence: 0.9 };
  const claim = { job_id: jobId, attempt, miner_id: minerId, result_hash: sha256Hex(canonicalJson(result)), ...change };
  return { result, signature: signJws(canonicalJson(claim), minerKey, 'aitbc-miner-result+jws') };
}

/** The agent context as the coordinator knows it, in memory; `failure` makes it fail as it does when it is away. */
export class TestAgents implements AgentDirectory {
  failure: Error | undefined;
  figures: AgentCounts = { registered: 3, active: 2, online: 1 };
  executionReceipts: ExecutionReceiptSummary[] = [];

  find(): Promise<undefined> {
    return this.answer(undefined);
  }

  counts(): Promise<AgentCounts> {
    return this.answer(this.figures);
  }

  receipts({ beforeId, limit, withCount }: ReceiptPageRequest): Promise<ReceiptPage> {
    const newestFirst = this.executionReceipts.toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const items = newestFirst.filter(({ id }) => beforeId === undefined || id < beforeId).slice(0, limit);
    return this.answer({ items, total: withCount ? newestFirst.length : undefined });
  }

  private answer<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }
}

async function issueKeys(db: Database): Promise<Map<string, string>> {
  const keys = new ApiKeyService(db);
  const secrets = new Map<string, string>();
  for (const [subject, role] of PRINCIPALS) secrets.set(subject, (await keys.issue({ subject, role })).secret);
  return secrets;
}
