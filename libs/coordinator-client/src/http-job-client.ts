import type {
  JobChanges,
  JobClient,
  JobOutcome,
  JobProgress,
  JobSnapshot,
  JobSubmission,
  ServiceDescription,
} from '@aitbc/contracts';
import { dataOf, foundIn } from '@aitbc/shared-core';
import type { CoordinatorApi, Schemas } from './coordinator-api';

const SERVICE = 'the coordinator';

/** The jobs of the service whose token the connection sends, over HTTP. */
export class HttpJobClient implements JobClient {
  constructor(private readonly api: CoordinatorApi) {}

  async submit(job: JobSubmission): Promise<JobSnapshot> {
    const answer = await this.api.quick.PUT('/api/v1/delegated-jobs/by-key/{key}', {
      params: { path: { key: job.idempotencyKey } },
      body: bodyOf(job),
    });
    return snapshotOf(dataOf(SERVICE, answer));
  }

  async services(): Promise<ServiceDescription[]> {
    const { items } = dataOf(SERVICE, await this.api.quick.GET('/api/v1/services'));
    return items.map(({ miners_online: minersOnline, type, name, description, models, schema, constraints }) => {
      return { type, name, description, models, minersOnline, schema, constraints };
    });
  }

  async serviceSchema(type: string): Promise<object | undefined> {
    const params = { path: { type } };
    return foundIn(SERVICE, await this.api.quick.GET('/api/v1/services/{type}/schema', { params }));
  }

  async usualDurationMs(type: string): Promise<number | undefined> {
    const params = { path: { type } };
    const found = foundIn(SERVICE, await this.api.quick.GET('/api/v1/services/{type}/duration', { params }));
    return found?.usual_duration_ms ?? undefined;
  }

  async outcome(jobId: string): Promise<JobOutcome | undefined> {
    const params = { path: { job_id: jobId } };
    const found = foundIn(SERVICE, await this.api.quick.GET('/api/v1/delegated-jobs/{job_id}', { params }));
    return found && outcomeOf(found);
  }

  async cancel(idempotencyKey: string): Promise<JobSnapshot | undefined> {
    const params = { path: { key: idempotencyKey } };
    const found = foundIn(SERVICE, await this.api.quick.POST('/api/v1/delegated-jobs/by-key/{key}/cancel', { params }));
    return found && snapshotOf(found);
  }

  async progress(
    jobId: string,
    after: number,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<JobProgress | undefined> {
    const params = { path: { job_id: jobId }, query: { after, wait: waitSeconds } };
    const api = this.api.patient(waitSeconds);
    const found = foundIn(SERVICE, await api.GET('/api/v1/delegated-jobs/{job_id}/text', { params, signal }));
    return found && { chunks: found.items, ended: found.ended };
  }

  async changes(after: string | undefined, waitSeconds: number, signal: AbortSignal): Promise<JobChanges> {
    const params = { query: { wait: waitSeconds, ...(after !== undefined && { after }) } };
    const found = dataOf(SERVICE, await this.api.patient(waitSeconds).GET('/api/v1/jobs/changes', { params, signal }));
    return { jobIds: found.items.map(({ job_id }) => job_id), cursor: found.next_cursor };
  }
}

function bodyOf(job: JobSubmission): Schemas['SubmitDelegatedJobRequest'] {
  const { constraints, ttlSeconds } = job;
  return {
    client_id: job.clientId,
    payload: {
      service_type: job.serviceType,
      service_request: job.serviceRequest,
      ...(job.agentId !== undefined && { agent_id: job.agentId }),
      ...(job.executionId !== undefined && { execution_id: job.executionId }),
      ...(job.stepId !== undefined && { step_id: job.stepId }),
    },
    ...(constraints !== undefined && { constraints }),
    ...(ttlSeconds !== undefined && { ttl_seconds: ttlSeconds }),
  };
}

function snapshotOf({ job_id: jobId, state, error }: Schemas['DelegatedJob']): JobSnapshot {
  return { jobId, state, error: error ?? undefined };
}

function outcomeOf(found: Schemas['DelegatedJobOutcome']): JobOutcome {
  return {
    ...snapshotOf(found),
    clientId: found.client_id,
    serviceType: found.service_type,
    result: found.result,
    receiptId: found.receipt_id ?? undefined,
    receipt: found.receipt ?? undefined,
    costUnits: found.cost_units,
  };
}
