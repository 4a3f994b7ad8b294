import { AppError, type Logger, OutageLog } from '@aitbc/shared-core';
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';

export interface AgentCircuitOptions {
  readonly logger: Logger;
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** How long nothing is sent then (ms). */
  readonly openMs: number;
  /** Asks the service something cheap, in short time; rejects when there is no answer. */
  readonly probe: () => Promise<void>;
}

/** Whoever asked does not want to know any more: neither a failure of the service nor a success. */
export class NobodyWaits extends Error {}

/**
 * Sends nothing to a service that has not answered several times in a row, so that it costs its callers no waiting. After
 * a while the first request has the service probed, while the others are still refused: itself it could be a long poll,
 * whose answer would tell only in a minute that all is well.
 */
export class AgentCircuit {
  private readonly breaker: CircuitBreakerPolicy;
  private readonly outage: OutageLog;

  constructor(private readonly options: AgentCircuitOptions) {
    this.breaker = circuitBreaker(
      handleWhen((error) => !(error instanceof NobodyWaits)),
      { halfOpenAfter: options.openMs, breaker: new ConsecutiveBreaker(options.failures) },
    );
    this.outage = new OutageLog(options.logger, {
      what: 'the agent service',
      meanwhile: 'requests for it are answered with 503',
      name: 'agent_proxy',
    });
  }

  get isOpen(): boolean {
    return this.breaker.state !== CircuitState.Closed;
  }

  /**
   * What `ask` gives, if it may ask.
   * @throws AppError `dependency_unavailable`, with the error of `ask` as its cause; NobodyWaits
   */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    try {
      // The breaker itself lets the others wait for the outcome of a probe.
      if (this.breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      if (this.breaker.state === CircuitState.Open) await this.breaker.execute(this.options.probe);
      const answer = await this.breaker.execute(ask);
      this.outage.succeeded();
      return answer;
    } catch (error) {
      if (error instanceof NobodyWaits) throw error;
      const isRefused = error instanceof BrokenCircuitError;
      if (!isRefused) this.outage.failed(error);
      const detail = isRefused ? 'has not answered for some time' : 'does not answer';
      throw new AppError('dependency_unavailable', `the agent service ${detail}`, {
        cause: error,
        retryAfterSeconds: 1,
      });
    }
  }
}

/** Whether nothing was sent, since the circuit is open. */
export function isRefusedUnsent({ cause }: AppError): boolean {
  return cause instanceof BrokenCircuitError;
}
