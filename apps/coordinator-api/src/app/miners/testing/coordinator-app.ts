import type { MinerResultClaim } from '@aitbc/contracts';
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
} from '@aitbc/shared-core';
import { createTestApp, type EngineContext, type TestApp } from '@aitbc/shared-core/testing';
import request, { type Test } from 'supertest';
import { createJobRouter, JobBells, JobLeases, JobService, JobStore } from '../../jobs';
import { JobReceiptIssuer, JobReceiptStore } from '../../receipts';
import { createServiceRouter, ServiceRegistry } from '../../registry';
import { createMinerRouter, createMinerWorkRouter, MinerService, MinerStore, MinerWorkService } from '../index';

const LEASE_SECONDS = 30;
export const ISSUER = 'https://coordinator.test';
export const minerKey = generateSigningKey();

type Method = 'get' | 'post' | 'put' | 'delete';

/** The coordinator's routes on an empty database, and the calls that tests make to it. */
export interface CoordinatorApp {
  readonly api: TestApp;
  readonly db: Database;
  readonly leases: JobLeases;
  readonly signingKeys: SigningKeys;
  keyOf(subject: string): string;
  /** A call of a principal; `session` goes into `x-miner-session`. */
  call(subject: string, method: Method, path: string, body?: object, session?: string): Test;
  /** Registers a miner of `operator` that can do anything; gives its session. */
  register(subject: string, minerId: string, change?: object): Promise<string>;
  /** Queues a job of the client; gives its id. */
  submit(change?: object): Promise<string>;
  poll(subject: string, session: string, seconds?: number): Test;
}

const PRINCIPALS: [subject: string, role: Role][] = [
  ['client', 'client'],
  ['operator', 'miner'],
  ['rival', 'miner'],
  ['root', 'admin'],
];

export async function openCoordinatorApp(context: EngineContext): Promise<CoordinatorApp> {
  const db = await context.openDatabase({
    entities: [...platformEntities, ...coordinatorEntities],
    migrations: [...platformMigrations, ...coordinatorMigrations],
    prepare: ensureSigningKey,
  });
  const signingKeys = await SigningKeys.load(db);
  const { api, leases } = await compose(db, signingKeys);
  const secrets = await issueKeys(db);
  const keyOf = (subject: string): string => secrets.get(subject) ?? '';
  const call: CoordinatorApp['call'] = (subject, method, path, body, session) => {
    const test = request(api.app)[method](`/api/v1${path}`).set('x-api-key', keyOf(subject));
    if (session !== undefined) test.set('x-miner-session', session);
    return body === undefined ? test : test.send(body);
  };
  return {
    ...{ api, db, leases, signingKeys, keyOf, call },
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

async function compose(db: Database, signingKeys: SigningKeys) {
  const bells = new JobBells();
  const store = new JobStore(db, bells);
  const leases = new JobLeases(db, bells, LEASE_SECONDS);
  const registry = new ServiceRegistry();
  const receipts = new JobReceiptStore(db);
  const agents = { find: () => Promise.resolve(undefined), counts: () => Promise.reject(new Error('not asked here')) };
  const jobs = new JobService(store, bells, registry, receipts, agents);
  const minerStore = new MinerStore(db);
  const miners = new MinerService(minerStore, leases);
  const work = new MinerWorkService(
    minerStore,
    store,
    leases,
    new JobReceiptIssuer(signingKeys, () => ISSUER),
    receipts,
  );
  const api = createTestApp((app) => {
    app.use('/api/v1', authenticate(new ApiKeyService(db)));
    app.use('/api/v1', createServiceRouter(registry, miners), createJobRouter(jobs));
    app.use('/api/v1', createMinerWorkRouter(miners, work, LEASE_SECONDS), createMinerRouter(miners, jobs));
  });
  return { api, leases };
}

async function issueKeys(db: Database): Promise<Map<string, string>> {
  const keys = new ApiKeyService(db);
  const secrets = new Map<string, string>();
  for (const [subject, role] of PRINCIPALS) secrets.set(subject, (await keys.issue({ subject, role })).secret);
  return secrets;
}
