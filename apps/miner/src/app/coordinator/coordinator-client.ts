import {
  type AssignedJob,
  MINER_SESSION_HEADER,
  type MinerChunks,
  type MinerFailure,
  type MinerRegistration,
  type MinerResult,
} from '@aitbc/contracts';
import { type CoordinatorApi, coordinatorApi } from '@aitbc/coordinator-client';
import { noTracer, readText, retryAfterMs, templateOf, tracedFetch, type Tracer } from '@aitbc/shared-core';

export type MinerStatus = 'available' | 'busy' | 'draining' | 'offline';

/** Body of `POST /miners/heartbeat`. */
export interface Heartbeat {
  /** Ids of the jobs in hand: only their leases are renewed. */
  readonly inflight: string[];
  readonly status: MinerStatus;
  /** Facts of the machine. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Leases are renewed of all the jobs that were named, but of these. */
export interface HeartbeatAnswer {
  /** Ids of jobs to drop: cancelled, or no longer ours. */
  readonly dropped: readonly string[];
  /** How long a lease is, where the coordinator tells. */
  readonly leaseMs: number | undefined;
}

/** The coordinator answered, but not with success. */
export class CoordinatorRefusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly retryAfterMs: number | undefined,
  ) {
    super(`the coordinator answered ${status}: ${detail}`);
    this.name = 'CoordinatorRefusal';
  }

  /** It may answer otherwise later, with nothing changed by us. */
  get isTransient(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The coordinator's routes for miners. Every method throws {@link CoordinatorRefusal}, or what `fetch` throws. */
export class CoordinatorClient {
  private readonly api: CoordinatorApi;

  /**
   * @param baseUrl without a slash at the end.
   * @param timeoutMs for one request; a poll gets its waiting time on top.
   */
  constructor(
    baseUrl: string,
    private readonly apiKey: string,
    private readonly timeoutMs: number,
    private readonly tracer: Tracer = noTracer,
  ) {
    const fetch = (waitSeconds = 0) => {
      return (request: Request) => this.send(request, this.timeoutMs + waitSeconds * 1000);
    };
    this.api = coordinatorApi({ fetch }, baseUrl);
  }

  /** Gives the session token. */
  async register(registration: MinerRegistration, signal: AbortSignal): Promise<string> {
    const { data } = await this.api.quick.POST('/api/v1/miners/register', { body: registration, signal });
    if (!data?.session_token) throw new Error('the coordinator gave no session token');
    return data.session_token;
  }

  async heartbeat(session: string, heartbeat: Heartbeat, signal: AbortSignal): Promise<HeartbeatAnswer> {
    const params = paramsOf(session);
    const { data } = await this.api.quick.POST('/api/v1/miners/heartbeat', { params, body: heartbeat, signal });
    const { cancelled = [], lease_seconds: seconds = 0 } = data ?? {};
    return { dropped: cancelled, leaseMs: seconds > 0 ? seconds * 1000 : undefined };
  }

  /** Waits up to `waitSeconds` for a job. */
  async poll(session: string, waitSeconds: number, signal: AbortSignal): Promise<AssignedJob | undefined> {
    const api = this.api.patient(waitSeconds);
    const body = { max_wait_seconds: waitSeconds };
    const { data } = await api.POST('/api/v1/miners/poll', { params: paramsOf(session), body, signal });
    return data;
  }

  async sendResult(session: string, jobId: string, body: MinerResult, signal: AbortSignal): Promise<void> {
    const params = paramsOfJob(session, jobId);
    await this.api.quick.POST('/api/v1/miners/{job_id}/result', { params, body, signal });
  }

  /** Text of a running job, for whoever reads along. */
  async sendChunks(session: string, jobId: string, body: MinerChunks, signal: AbortSignal): Promise<void> {
    const params = paramsOfJob(session, jobId);
    await this.api.quick.POST('/api/v1/miners/{job_id}/chunks', { params, body, signal });
  }

  async sendFailure(session: string, jobId: string, body: MinerFailure, signal: AbortSignal): Promise<void> {
    const params = paramsOfJob(session, jobId);
    await this.api.quick.POST('/api/v1/miners/{job_id}/fail', { params, body, signal });
  }

  /** Gives good answers only, whole and of a bounded size. */
  private async send(request: Request, timeoutMs: number): Promise<Response> {
    const { method, url, signal } = request;
    const headers = new Headers(request.headers);
    headers.set('x-api-key', this.apiKey);
    const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await tracedFetch(this.tracer, { method, url, template: templateOf(request) }, (traceHeaders) => {
      for (const [name, value] of Object.entries(traceHeaders)) headers.set(name, value);
      return fetch(request, { headers, redirect: 'error', signal: either });
    });
    const text = await readText(response, MAX_ANSWER_BYTES);
    if (!response.ok) throw new CoordinatorRefusal(response.status, detailOf(text), retryAfterMs(response));
    return new Response(text === '' ? null : text, response);
  }
}

function paramsOf(session: string) {
  return { header: { [MINER_SESSION_HEADER]: session } } as const;
}

function paramsOfJob(session: string, jobId: string) {
  return { ...paramsOf(session), path: { job_id: jobId } };
}

/** The `detail` of a problem document (RFC 9457), or the beginning of whatever came. */
function detailOf(text: string): string {
  try {
    const { detail, title } = Object(JSON.parse(text)) as Record<string, unknown>;
    if (typeof detail === 'string') return detail;
    if (typeof title === 'string') return title;
  } catch {
    // Not JSON: a proxy's page, say. Its beginning is more than nothing.
  }
  return text.slice(0, 200);
}
