import { type Actor, actor, atEnd, unique } from './actors';
import { hashOf } from './json';
import { ed25519, type KeyPair, signed } from './jws';

export interface AssignedJob {
  readonly job_id: string;
  readonly attempt: number;
  readonly payload: { readonly service_type: string; readonly service_request: Record<string, unknown> };
  readonly constraints: Record<string, unknown>;
  readonly lease_expires_at: string;
}

/**
 * A miner that the suite plays through the miner protocol. It has one model with a name of its own, so that only jobs
 * which ask for that model are its own, whoever else uses the service.
 */
export class Miner {
  private constructor(
    readonly actor: Actor,
    readonly model: string,
    readonly keys: KeyPair,
  ) {}

  /** Registers under a key of its own, whose subject is also its id; leaves with the file. */
  static async online(more: object = {}): Promise<Miner> {
    const miner = new Miner(await actor('miner'), unique('model'), ed25519());
    const capabilities = { services: ['llm_inference'], models: [miner.model], gpus: [] };
    const body = { capabilities, public_key: miner.keys.publicJwk, ...more };
    await miner.actor.http.post('/api/v1/miners/register', body, 200);
    atEnd(() => miner.actor.http.delete(`/api/v1/miners/${miner.id}`));
    return miner;
  }

  get id(): string {
    return this.actor.subject;
  }

  /** The next job for its model; waits for one. */
  async take(): Promise<AssignedJob> {
    const { body } = await this.actor.http.post('/api/v1/miners/poll', { max_wait_seconds: 20 }, 200);
    return body;
  }

  /** The body with which a result is sent. */
  result({ job_id, attempt }: AssignedJob, result: unknown): { result: unknown; signature: string } {
    const claim = { job_id, attempt, miner_id: this.id, result_hash: hashOf(result) };
    return { result, signature: signed(claim, this.keys) };
  }

  async complete(job: AssignedJob, result: unknown): Promise<void> {
    await this.actor.http.post(`/api/v1/miners/${job.job_id}/result`, this.result(job, result), 200);
  }

  async fail({ job_id }: AssignedJob, error: string, retryable = false): Promise<void> {
    await this.actor.http.post(`/api/v1/miners/${job_id}/fail`, { error, retryable }, 200);
  }
}
