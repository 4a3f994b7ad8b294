import type { MinerRegistration } from '@aitbc/contracts';
import { backoffDelay, type BackoffOptions, type Logger, pause, unlessAborted } from '@aitbc/shared-core';
import { type CoordinatorClient, CoordinatorRefusal } from './coordinator-client';

/** The coordinator will not have this miner, now or later: the operator must act. */
export class MinerRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MinerRefused';
  }
}

/** Answers to a registration that no waiting mends, with what the operator can do. */
const FINAL_REFUSALS = new Map([
  [400, 'it does not understand the registration: do both sides have the same release?'],
  [401, 'it does not know the key: check MINER_KEY'],
  [403, 'the key does not have the role of a miner: check MINER_KEY'],
  [409, 'the id belongs to another miner: choose another MINER_ID'],
  [422, 'it does not accept the registration'],
]);

/**
 * The registration at the coordinator and its session token. Registers on first use and again when the session was
 * lost (a restart with an empty database, a removed miner); all who need the token wait for one registration.
 */
export class MinerSession {
  private current: Promise<string> | undefined;
  private lossesInARow = 0;

  constructor(
    private readonly client: CoordinatorClient,
    private readonly registration: MinerRegistration,
    private readonly backoff: BackoffOptions,
    private readonly log: Logger,
  ) {}

  /**
   * Runs one call with the session token.
   * @param lossStatuses the answers to this call which mean that the session is unknown; the next call registers again.
   * @throws MinerRefused when registering is refused for good; otherwise what `send` throws.
   */
  async use<T>(send: (token: string) => Promise<T>, lossStatuses: readonly number[], signal: AbortSignal): Promise<T> {
    const registration = (this.current ??= this.register(signal));
    registration.catch(() => this.forget(registration));
    // Somebody else may have begun it, with another signal: a stopping poll must not wait for a heartbeat's patience.
    const token = await unlessAborted(registration, signal);
    try {
      const answer = await send(token);
      this.lossesInARow = 0;
      return answer;
    } catch (error) {
      if (error instanceof CoordinatorRefusal && lossStatuses.includes(error.status) && this.forget(registration)) {
        this.lossesInARow += 1;
        this.log.warn('the coordinator does not know this session; registering again', { error: error.message });
      }
      throw error;
    }
  }

  /** `false` when somebody else has noticed the loss before: the newer registration must stay. */
  private forget(registration: Promise<string>): boolean {
    if (this.current !== registration) return false;
    this.current = undefined;
    return true;
  }

  private async register(signal: AbortSignal): Promise<string> {
    // Two processes with one MINER_ID take the session from each other: that must not become a storm.
    if (this.lossesInARow > 1) await pause(backoffDelay(this.lossesInARow, this.backoff), signal);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const token = await this.client.register(this.registration, signal);
        const { miner_id: minerId, capabilities, concurrency, region } = this.registration;
        this.log.info('registered', { event: 'registered', miner_id: minerId, ...capabilities, concurrency, region });
        return token;
      } catch (error) {
        signal.throwIfAborted();
        await this.afterFailure(error, attempt, signal);
      }
    }
  }

  private async afterFailure(error: unknown, attempt: number, signal: AbortSignal): Promise<void> {
    const refusal = error instanceof CoordinatorRefusal ? error : undefined;
    const advice = refusal && FINAL_REFUSALS.get(refusal.status);
    if (advice)
      throw new MinerRefused(`the coordinator refuses this miner; ${advice} (${refusal.message})`, { cause: error });
    const waitMs = Math.max(refusal?.retryAfterMs ?? 0, backoffDelay(attempt, this.backoff));
    this.log.warn('cannot register yet', { error, next_try_ms: waitMs });
    await pause(waitMs, signal);
  }
}
