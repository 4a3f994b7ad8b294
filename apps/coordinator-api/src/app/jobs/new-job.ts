import type { JobConstraints } from '@aitbc/contracts';
import { Job, jobRequirements } from '@aitbc/coordinator-domain';
import { canonicalJson, currentTraceparent, newId, sha256Hex, toUnits } from '@aitbc/shared-core';

/** What a submitter asks for, validated. */
export interface JobRequest {
  readonly serviceType: string;
  readonly serviceRequest: Readonly<Record<string, unknown>>;
  readonly constraints: JobConstraints;
  /** Seconds in the queue. */
  readonly ttlSeconds: number;
  readonly clientId: string;
  readonly submittedBy: string;
  readonly agentId?: string | undefined;
  readonly executionId?: string | undefined;
  readonly stepId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Coins. */
  readonly paymentAmount?: number | undefined;
  readonly paymentCurrency?: string | undefined;
}

export const DEFAULT_TTL_SECONDS = 900;
export const MAX_TTL_SECONDS = 604_800;

/** The row of a job that enters the queue at `now`. */
export function newJob(request: JobRequest, now: number): Job {
  const serviceRequest = canonicalJson(request.serviceRequest);
  return Object.assign(new Job(), {
    id: newId('job'),
    clientId: request.clientId,
    submittedBy: request.submittedBy,
    idempotencyKey: request.idempotencyKey ?? null,
    serviceType: request.serviceType,
    serviceRequest,
    requestHash: sha256Hex(serviceRequest),
    agentId: request.agentId ?? null,
    executionId: request.executionId ?? null,
    stepId: request.stepId ?? null,
    traceParent: currentTraceparent() ?? null,
    ...wishes(request),
    state: 'QUEUED',
    ttlSeconds: request.ttlSeconds,
    requestedAt: now,
    expiresAt: now + request.ttlSeconds * 1_000,
    updatedAt: now,
    ...NOTHING_DONE,
  } satisfies Job);
}

function wishes({ constraints, serviceRequest, paymentAmount, paymentCurrency }: JobRequest) {
  const { model } = serviceRequest;
  const needs = jobRequirements(constraints, typeof model === 'string' ? model : undefined);
  return {
    constraints,
    needGpu: needs.gpu,
    needCuda: needs.cuda,
    needVramMb: needs.vramMb,
    needModels: needs.models,
    needRegion: needs.region,
    maxPrice: constraints.max_price === undefined ? null : toUnits(constraints.max_price),
    paymentAmount: paymentAmount === undefined ? null : toUnits(paymentAmount),
    paymentCurrency: paymentCurrency ?? null,
  };
}

const NOTHING_DONE = {
  error: null,
  attempts: 0,
  assignedMinerId: null,
  leaseExpiresAt: null,
  price: null,
  result: null,
  metrics: null,
  startedAt: null,
  finishedAt: null,
  finishedSeq: null,
};
