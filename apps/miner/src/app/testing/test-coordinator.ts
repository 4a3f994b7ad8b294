import {
  type AssignedJob,
  MINER_SESSION_HEADER,
  type MinerChunks,
  type MinerFailure,
  type MinerRegistration,
  type MinerResult,
} from '@aitbc/contracts';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { closeServer, listen, readBody } from './http-server';
import { LivedTime } from './lived-time';
import { waitFor } from './wait-for';

interface Lease {
  readonly attempt: number;
  /** By the coordinator's {@link LivedTime}: a miner of the same process is not to lose it by a stall of the machine. */
  expiresAt: number;
}

export interface ReceivedHeartbeat {
  readonly inflight: readonly string[];
  readonly status: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The miner routes of the coordinator over memory: keys, sessions, leases that run out, attempts, long polls. What
 * miners may rely on is really enforced: a result without the lease is 409, an unknown session 401.
 */
export class TestCoordinator {
  readonly key = 'a-miner-key-of-at-least-32-characters';
  readonly registrations: MinerRegistration[] = [];
  readonly heartbeats: ReceivedHeartbeat[] = [];
  /** The text that came of each job, by attempts and places, as the coordinator keeps it. */
  readonly texts = new Map<string, string[]>();
  readonly results = new Map<string, MinerResult>();
  readonly failures: { readonly jobId: string; readonly attempt: number; readonly failure: MinerFailure }[] = [];
  leaseMs = 30_000;
  url = '';
  /** Answered instead of serving, by path ending; for as long as it is set. */
  readonly refusals = new Map<string, number>();
  /** Paths of the requests that were answered so. */
  readonly refused: string[] = [];
  /** Goes with each job. */
  traceparent: string | undefined;
  /** The trace contexts of the requests, by path. */
  readonly traces = new Map<string, string | undefined>();
  private server: Server | undefined;
  private readonly time = new LivedTime();
  private session = '';
  private readonly queue: { id: string; attempt: number; type: string; request: Record<string, unknown> }[] = [];
  private readonly jobs = new Map<string, { type: string; request: Record<string, unknown> }>();
  private readonly leases = new Map<string, Lease>();
  private readonly waiting = new Set<() => void>();
  private readonly cancelled = new Set<string>();

  /** @param port of an earlier start, to come back at the same address. */
  async start(port = 0): Promise<this> {
    ({ server: this.server, url: this.url } = await listen(
      (request, response) => void this.serve(request, response),
      port,
    ));
    this.time.start();
    return this;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async stop(): Promise<void> {
    this.time.stop();
    if (this.server) await closeServer(this.server);
    this.server = undefined;
  }

  submit(id: string, type: string, request: Record<string, unknown> = {}): void {
    this.jobs.set(id, { type, request });
    this.enqueue(id, 1);
  }

  /** The job is nobody's from now on; the next heartbeat says so. */
  cancel(id: string): void {
    this.leases.delete(id);
    this.cancelled.add(id);
  }

  forgetSession(): void {
    this.session = '';
  }

  isLeased(id: string): boolean {
    const lease = this.leases.get(id);
    return lease !== undefined && lease.expiresAt > this.time.now;
  }

  result(id: string): Promise<MinerResult> {
    return this.eventually(`a result of ${id}`, () => this.results.get(id));
  }

  failure(id: string): Promise<{ readonly attempt: number; readonly failure: MinerFailure }> {
    return this.eventually(`a failure of ${id}`, () => this.failures.find((one) => one.jobId === id));
  }

  private async eventually<T>(what: string, find: () => T | undefined): Promise<T> {
    await waitFor(what, () => find() !== undefined);
    const found = find();
    if (found === undefined) throw new Error(`${what} vanished`);
    return found;
  }

  private enqueue(id: string, attempt: number): void {
    const job = this.jobs.get(id);
    if (job) this.queue.push({ id, attempt, ...job });
    for (const wake of this.waiting) wake();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = String(request.url).replace('/api/v1/miners', '');
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return;
    this.traces.set(path, request.headers['traceparent']?.toString());
    const refusal = [...this.refusals].find(([ending]) => path.endsWith(ending))?.[1];
    if (refusal !== undefined) {
      this.refused.push(path);
      return answer(response, refusal, { detail: 'as the test wants' });
    }
    if (request.headers['x-api-key'] !== this.key) return answer(response, 401, { detail: 'no such key' });
    if (path === '/register') return this.register(Object(body), response);
    if (request.headers[MINER_SESSION_HEADER] !== this.session)
      return answer(response, 401, { detail: 'no such session' });
    if (path === '/heartbeat') return this.heartbeat(Object(body), response);
    if (path === '/poll') return this.poll(Object(body), response);
    const [, segment = '', action] = path.split('/');
    const id = decodeURIComponent(segment);
    if (action === 'chunks') return this.take(id, Object(body), response);
    this.finish(id, action, body, response);
  }

  private register(body: MinerRegistration, response: ServerResponse): void {
    this.registrations.push(body);
    this.session = `session-${this.registrations.length}`;
    answer(response, 200, { status: 'ok', session_token: this.session });
  }

  private heartbeat(body: ReceivedHeartbeat, response: ServerResponse): void {
    this.heartbeats.push(body);
    this.sweep();
    const cancelled = body.inflight.filter((id) => !this.isLeased(id));
    for (const id of body.inflight) {
      const lease = this.leases.get(id);
      if (lease) lease.expiresAt = this.time.now + this.leaseMs;
    }
    answer(response, 200, { status: 'ok', cancelled, lease_seconds: this.leaseMs / 1000 });
  }

  private async poll(
    { max_wait_seconds: seconds }: { max_wait_seconds: number },
    response: ServerResponse,
  ): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (this.queue.length === 0 && Date.now() < deadline && !response.destroyed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(50, deadline - Date.now()));
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
    const job = response.destroyed ? undefined : this.queue.shift();
    if (!job) return answer(response, 204);
    this.leases.set(job.id, { attempt: job.attempt, expiresAt: this.time.now + this.leaseMs });
    const assigned: AssignedJob = {
      job_id: job.id,
      payload: { service_type: job.type, service_request: job.request },
      constraints: {},
      lease_expires_at: new Date(Date.now() + this.leaseMs).toISOString(),
      attempt: job.attempt,
      ...(this.traceparent !== undefined && { traceparent: this.traceparent }),
    };
    answer(response, 200, assigned);
  }

  private take(id: string, { attempt, first, texts }: MinerChunks, response: ServerResponse): void {
    this.sweep();
    const lease = this.leases.get(id);
    const held = lease?.attempt === attempt && !this.cancelled.has(id);
    const known = this.texts.get(`${id} ${attempt}`) ?? [];
    if (!held || first > known.length + 1) return answer(response, 409, { detail: 'the lease is not yours' });
    this.texts.set(`${id} ${attempt}`, [...known, ...texts.slice(known.length + 1 - first)]);
    answer(response, 200, { status: 'ok' });
  }

  private finish(id: string, action: string | undefined, body: unknown, response: ServerResponse): void {
    this.sweep();
    const lease = this.leases.get(id);
    if (!lease || this.cancelled.has(id)) return answer(response, 409, { detail: 'the lease is not yours' });
    this.leases.delete(id);
    if (action === 'result') this.results.set(id, Object(body));
    else {
      const failure: MinerFailure = Object(body);
      this.failures.push({ jobId: id, attempt: lease.attempt, failure });
    }
    answer(response, 200, { status: 'ok' });
  }

  /** Takes back what was not renewed. */
  private sweep(): void {
    for (const [id, lease] of this.leases) {
      if (lease.expiresAt > this.time.now) continue;
      this.leases.delete(id);
      this.enqueue(id, lease.attempt + 1);
    }
  }
}

function answer(response: ServerResponse, status: number, body?: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body && JSON.stringify(body));
}
