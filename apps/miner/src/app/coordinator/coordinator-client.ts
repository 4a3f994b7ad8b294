import {
  type AssignedJob,
  MINER_SESSION_HEADER,
  type MinerChunks,
  type MinerFailure,
  type MinerRegistration,
  type MinerResult,
} from '@aitbc/contracts';
import { noTracer, readText, retryAfterMs, tracedFetch, type Tracer } from '@aitbc/shared-core';

export type MinerStatus = 'available' | 'busy' | 'draining' | 'offline';

/** Body of `POST /miners/heartbeat`. */
export interface Heartbeat {
  /** Ids of the jobs in hand: only their leases are renewed. */
  readonly inflight: readonly string[];
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
  /**
   * @param baseUrl with `/api/v1`, without a slash at the end.
   * @param timeoutMs for one request; a poll gets its waiting time on top.
   */
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string,
    private readonly timeoutMs: number,
    private readonly tracer: Tracer = noTracer,
  ) {}

  /** Gives the session token. */
  async register(registration: MinerRegistration, signal: AbortSignal): Promise<string> {
    const { session_token: token } = Object(
      await this.post('/miners/register', registration, { signal }),
    ) as SessionAnswer;
    if (typeof token !== 'string' || token === '') throw new Error('the coordinator gave no session token');
    return token;
  }

  async heartbeat(session: string, heartbeat: Heartbeat, signal: AbortSignal): Promise<HeartbeatAnswer> {
    const answer = Object(await this.post('/miners/heartbeat', heartbeat, { signal, session })) as RawHeartbeatAnswer;
    const { cancelled, lease_seconds: seconds } = answer;
    return {
      dropped: Array.isArray(cancelled) ? cancelled.map(String) : [],
      leaseMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : undefined,
    };
  }

  /** Waits up to `waitSeconds` for a job. */
  async poll(session: string, waitSeconds: number, signal: AbortSignal): Promise<AssignedJob | undefined> {
    const body = { max_wait_seconds: waitSeconds };
    const answer = await this.post('/miners/poll', body, { signal, session, extraMs: waitSeconds * 1000 });
    return answer === undefined ? undefined : (answer as AssignedJob);
  }

  async sendResult(session: string, jobId: string, result: MinerResult, signal: AbortSignal): Promise<void> {
    await this.postOfJob(jobId, 'result', result, { signal, session });
  }

  /** Text of a running job, for whoever reads along. */
  async sendChunks(session: string, jobId: string, chunks: MinerChunks, signal: AbortSignal): Promise<void> {
    await this.postOfJob(jobId, 'chunks', chunks, { signal, session });
  }

  async sendFailure(session: string, jobId: string, failure: MinerFailure, signal: AbortSignal): Promise<void> {
    await this.postOfJob(jobId, 'fail', failure, { signal, session });
  }

  private async postOfJob(jobId: string, verb: string, body: object, options: PostOptions): Promise<void> {
    const template = `/api/v1/miners/{job_id}/${verb}`;
    await this.post(`/miners/${encodeURIComponent(jobId)}/${verb}`, body, { ...options, template });
  }

  private async post(path: string, body: object, options: PostOptions): Promise<unknown> {
    const { signal, session, extraMs = 0, template } = options;
    const url = `${this.baseUrl}${path}`;
    const response = await tracedFetch(this.tracer, { method: 'POST', url, template }, (traceHeaders) =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': this.apiKey,
          ...(session !== undefined && { [MINER_SESSION_HEADER]: session }),
          ...traceHeaders,
        },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs + extraMs)]),
      }),
    );
    const text = await readText(response, MAX_ANSWER_BYTES);
    if (!response.ok) throw new CoordinatorRefusal(response.status, detailOf(text), retryAfterMs(response));
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}

interface PostOptions {
  readonly signal: AbortSignal;
  readonly session?: string;
  readonly extraMs?: number;
  /** The path with names in the place of ids. */
  readonly template?: string | undefined;
}

interface SessionAnswer {
  readonly session_token?: unknown;
}

interface RawHeartbeatAnswer {
  readonly cancelled?: unknown;
  readonly lease_seconds?: unknown;
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
