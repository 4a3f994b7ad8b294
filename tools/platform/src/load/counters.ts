import { generateKeyPairSync } from 'node:crypto';
import type { ServiceName } from '../child-app';
import type { PlatformKeys } from '../keys';
import type { LoadAnswer, LoadRequest } from './load-client';

/** A kind of object that holds a number which clients raise by reading it and writing it back under `If-Match`. */
export interface CounterKind {
  /** Path of the collection's list; an object is below it. */
  readonly collection: string;
  /** The creation of one that stands at 0. */
  creation(idempotencyKey: string): LoadRequest;
  /** The key that an object was created with, which it bears as its name. */
  markOf(object: object): string;
  idIn(created: LoadAnswer): string;
  /** Sets the number of an object, provided that it is still as it was read. */
  update(path: string, count: number, read: LoadAnswer): LoadRequest;
  countIn(read: LoadAnswer): number;
}

const AGENTS = '/api/v1/agent/agents';
const WORKFLOWS = '/api/v1/agent/workflows';
const MINERS = '/api/v1/miners';
const { publicKey } = generateKeyPairSync('ed25519');
const PUBLIC_KEY = publicKey.export({ format: 'jwk' });

/** Agents, with the number in `metadata`. */
export const AGENT_COUNTERS: CounterKind = {
  collection: AGENTS,
  creation: (key) => ({
    method: 'POST',
    path: `${AGENTS}/register`,
    headers: { 'idempotency-key': key },
    body: { name: key, public_key: PUBLIC_KEY, capabilities: ['counting'], metadata: { count: 0 } },
    expected: [201],
  }),
  idIn: ({ body }) => (body as { agent: { agent_id: string } }).agent.agent_id,
  markOf: nameOf,
  update: (path, count, read) => ({
    method: 'PATCH',
    path,
    headers: ifMatch(read),
    body: { metadata: { count } },
    expected: [200, 412],
  }),
  countIn: ({ body }) => (body as { metadata: { count: number } }).metadata.count,
};

/** Workflows, whose every update makes a new version; the number is in `description`. */
export const WORKFLOW_COUNTERS: CounterKind = {
  collection: WORKFLOWS,
  creation: (key) => ({
    method: 'POST',
    path: WORKFLOWS,
    headers: { 'idempotency-key': key },
    body: workflow(key, 0),
    expected: [201],
  }),
  idIn: ({ body }) => (body as { id: string }).id,
  markOf: nameOf,
  update: (path, count, read) => ({
    method: 'PUT',
    path,
    headers: ifMatch(read),
    body: workflow(nameOf(read.body as object), count),
    expected: [200, 412],
  }),
  countIn: ({ body }) => Number((body as { description: string }).description),
};

/** Miners, which the coordinator has; the number is the one model that such a miner offers. */
const MINER_COUNTERS: CounterKind = {
  collection: MINERS,
  creation: (key) => ({
    method: 'POST',
    path: `${MINERS}/register`,
    headers: { 'idempotency-key': key },
    body: { miner_id: key, public_key: PUBLIC_KEY, capabilities: capabilities(0) },
    expected: [200],
  }),
  idIn: ({ body }) => (body as { miner_id: string }).miner_id,
  markOf: (object) => (object as { miner_id: string }).miner_id,
  update: (path, count, read) => ({
    method: 'PUT',
    path: `${path}/capabilities`,
    headers: ifMatch(read),
    body: capabilities(count),
    expected: [200, 412],
  }),
  countIn: ({ body }) => Number((body as { capabilities: { models: string[] } }).capabilities.models[0]),
};

/** What can be counted at a service, and by whose key. */
export const COUNTERS: Readonly<
  Record<ServiceName, { readonly kinds: readonly CounterKind[]; readonly caller: keyof PlatformKeys }>
> = {
  'coordinator-api': { kinds: [MINER_COUNTERS], caller: 'miner' },
  'agent-management': { kinds: [AGENT_COUNTERS, WORKFLOW_COUNTERS], caller: 'client' },
};

function capabilities(count: number): object {
  return { models: [String(count)], gpus: [] };
}

function ifMatch({ headers }: LoadAnswer): Record<string, string> {
  return { 'if-match': headers.etag ?? '' };
}

function nameOf(object: object): string {
  return (object as { name: string }).name;
}

function workflow(name: string, count: number): object {
  const step = { name: 'One', step_type: 'data_processing', config: { expression: '1' } };
  return { name, description: String(count), steps: { one: step } };
}
