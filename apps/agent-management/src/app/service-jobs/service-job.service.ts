import type { JobClient, JobOutcome, ServiceDescription } from '@aitbc/contracts';
import {
  AppError,
  canonicalJson,
  type Database,
  newId,
  notFound,
  type Principal,
  sha256Hex,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import type { JsonObject } from '@aitbc/shared-domain';
import type { Shortcut } from './shortcuts';

/** A job as it was submitted. */
export interface ServiceJob {
  readonly jobId: string;
  readonly serviceType: string;
  readonly status: string;
  /** Milliseconds; null while no job of its kind has been completed. */
  readonly estimatedCompletion: number | null;
}

/** What is asked for: a kind of job, and its request. */
export interface ServiceJobRequest {
  readonly type: string;
  readonly request: JsonObject;
  /** The caller's `Idempotency-Key`. */
  readonly key: string | undefined;
  /** How long it may wait for a miner; by default as long as any job. */
  readonly ttlSeconds?: number;
}

/** Where the fields of a request stand in the body of `POST /jobs`, by which the coordinator names what is wrong. */
const REQUEST_POINTER = '/payload/service_request';

/** Jobs that clients ask for by the kind of service. The coordinator knows the kinds, and checks the requests. */
export class ServiceJobService {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobClient,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws AppError `dependency_unavailable`. */
  kinds(): Promise<readonly ServiceDescription[]> {
    return this.jobs.services();
  }

  /** @throws AppError `not_found`, `dependency_unavailable`. */
  async schemaOf(type: string): Promise<object> {
    const schema = await this.jobs.serviceSchema(type);
    if (!schema) throw notFound('service', type);
    return schema;
  }

  /**
   * Submits a job of the principal's. The coordinator may be another process, so that the job is made before the unit
   * that records the answer; a repeat after a crash between the two has the same key, and gets the same job.
   * @param within awaited in a unit of work after the job was submitted.
   * @throws AppError `not_found` for an unknown kind, `validation_failed`, `dependency_unavailable`.
   */
  async submit(principal: Principal, asked: ServiceJobRequest, within?: Within<ServiceJob>): Promise<ServiceJob> {
    await this.schemaOf(asked.type);
    const submission = {
      serviceType: asked.type,
      serviceRequest: asked.request,
      clientId: principal.subject,
      idempotencyKey: submissionKey(principal, asked),
      ...(asked.ttlSeconds !== undefined && { ttlSeconds: asked.ttlSeconds }),
    };
    const { jobId, state } = await this.jobs.submit(submission).catch(pointIntoBody);
    const duration = await this.jobs.usualDurationMs(asked.type);
    const estimatedCompletion = duration === undefined ? null : this.now() + duration;
    const job = { jobId, serviceType: asked.type, status: state, estimatedCompletion };
    if (within) await this.db.write(() => within(job));
    return job;
  }

  /** @throws AppError `not_found`, `dependency_unavailable`. */
  async outcome({ role, subject }: Principal, jobId: string): Promise<JobOutcome> {
    const outcome = await this.jobs.outcome(jobId);
    if (!outcome || !(role === 'admin' || outcome.clientId === subject)) throw notFound('job', jobId);
    return outcome;
  }
}

/**
 * The request that a shortcut stands for.
 * @throws AppError `validation_failed` where the body contradicts the path, or lacks what the path is about.
 */
export function requestOf({ settled, required = [] }: Shortcut, body: JsonObject): JsonObject {
  const contradicted = Object.entries(settled).filter(([name, value]) => name in body && body[name] !== value);
  const faults = [
    ...contradicted.map(([name, value]) => ({ pointer: `/${name}`, message: `must be ${value} on this path` })),
    ...required.filter((name) => !(name in body)).map((name) => ({ pointer: `/${name}`, message: 'is required' })),
  ];
  if (faults.length > 0) throw validationFailed(faults);
  return { ...body, ...settled };
}

/** Under what a job is submitted, and can be cancelled. The request is part of it: another request with a key that was never answered is another job. */
export function submissionKey({ subject, role }: Principal, { type, request, key }: ServiceJobRequest): string {
  if (key === undefined) return newId('req');
  return `service:${sha256Hex(canonicalJson([role, subject, type, key, request]))}`;
}

function pointIntoBody(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'validation_failed') throw error;
  throw validationFailed(
    error.fields.map(({ pointer, message }) => ({
      pointer: pointer.startsWith(REQUEST_POINTER) ? pointer.slice(REQUEST_POINTER.length) : pointer,
      message,
    })),
  );
}
