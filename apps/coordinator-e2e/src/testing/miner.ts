import { type Actor, actor, atEnd, unique } from './actors';
import { hashOf } from './json';
import { ed25519, type KeyPair, signed } from './jws';
import { MINERS } from './paths';

export interface AssignedJob {
  readonly job_id: string;
  readonly attempt: number;
  readonly payload: { readonly service_type: string; readonly service_request: Record<string, unknown> };
  readonly constraints: Record<string, unknown>;
  readonly lease_expires_at: string;
}

/** What a miner says about itself when it registers. */
export interface Offer {
  /** Names that no other miner has, so that jobs which ask for one of them are its own, whoever else is there. */
  readonly model?: string;
  readonly capabilities?: object;
  readonly concurrency?: number;
  readonly region?: string;
}

/** A miner that the suite plays through the miner protocol, under a key of its own whose subject is its id. */
export class Miner {
  private constructor(
    readonly actor: Actor,
    readonly model: string,
    readonly keys: KeyPair,
  ) {}

  /** Registers; leaves with the file. */
  static async online({ model = unique('model'), capabilities, ...more }: Offer = {}): Promise<Miner> {
    const miner = new Miner(await actor('miner'), model, ed25519());
    const { http, subject } = miner.actor;
    const body = {
      capabilities: { services: ['llm_inference'], models: [model], gpus: [], ...capabilities },
      public_key: miner.keys.publicJwk,
      ...more,
    };
    await http.post(`${MINERS}/register`, body, 200);
    atEnd(() => http.call('delete', `${MINERS}/${subject}`, { status: [204, 404] }));
    return miner;
  }

  get id(): string {
    return this.actor.subject;
  }

  /** The next job for it; waits for one. */
  async take(): Promise<AssignedJob> {
    return (await this.actor.http.post(`${MINERS}/poll`, { max_wait_seconds: 20 }, 200)).body;
  }

  /** Asks once, without waiting, and expects that there is no job. */
  async findNothing(): Promise<void> {
    await this.actor.http.post(`${MINERS}/poll`, { max_wait_seconds: 0 }, 204);
  }

  /** The body with which a result is sent. */
  result({ job_id, attempt }: AssignedJob, result: unknown): { result: unknown; signature: string } {
    const claim = { job_id, attempt, miner_id: this.id, result_hash: hashOf(result) };
    return { result, signature: signed(claim, this.keys) };
  }

  async complete(job: AssignedJob, result: unknown): Promise<void> {
    await this.actor.http.post(`${MINERS}/${job.job_id}/result`, this.result(job, result), 200);
  }

  async fail({ job_id }: AssignedJob, error: string): Promise<void> {
    await this.actor.http.post(`${MINERS}/${job_id}/fail`, { error }, 200);
  }
}
