import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import {
  AppError,
  type Logger,
  type MetricsSource,
  nameRoute,
  requestIdOf,
  sendProblem,
  signalOf,
  Tally,
} from '@aitbc/shared-core';
import type { Request, RequestHandler, Response } from 'express';
import { AgentCircuit, isRefusedUnsent, NobodyWaits } from './agent-circuit';
import { AgentUpstream } from './agent-upstream';
import { AGENT_PREFIX, isAgentPath } from './agent-url';
import { askOnward } from './ask-onward';
import { copyHead, hasPassedHere } from './proxy-headers';
import { untilAborted } from './until-aborted';

export interface AgentProxyOptions {
  /** Of agent-management, without a slash at its end. */
  readonly url: string;
  readonly logger: Logger;
  /** For a connection to it (ms); default 1000. */
  readonly connectMs?: number;
  /** How long it is waited for while it refuses connections (ms); default 5000: a restart takes 2 to 4 s. */
  readonly restartMs?: number;
  /** What is added to the time for which an answer may be held (ms), up to its head; default 10 s. */
  readonly marginMs?: number;
  /** Failures in a row after which nothing is sent for a while; default 3. */
  readonly breakerFailures?: number;
  /** That while (ms); default 2000. */
  readonly breakerOpenMs?: number;
}

/** How requests are counted: of its pattern there is one. */
const ROUTE = `${AGENT_PREFIX}/*`;
const MARGIN_MS = 10_000;
const MAX_LISTENERS = 20;

const OUTCOMES = ['answered', 'unavailable', 'refused', 'cut', 'client_gone', 'loop'] as const;
type Outcome = (typeof OUTCOMES)[number];

/**
 * Passes what is asked of agent-management on to it, and its answers back, both as they come and as they are: it
 * authenticates, limits and validates, so that nothing of that is done here. No answer is 503 with `Retry-After`; what the
 * service answers, good or bad, is its answer. A service that dies in the middle of an answer cuts the client's connection,
 * and a client that leaves ends its request there.
 */
export class AgentProxy {
  private readonly upstream: AgentUpstream;
  private readonly circuit: AgentCircuit;
  private readonly marginMs: number;
  private readonly requests = new Tally(
    'aitbc_agent_proxy_requests_total',
    'Requests for the agent service, by outcome: answered, unavailable (no answer came), refused (circuit open), cut (it broke off), client_gone or loop.',
    ['outcome'],
    OUTCOMES.map((outcome) => ({ outcome })),
  );
  /** For `/metrics`. */
  readonly metrics: readonly MetricsSource[];

  constructor(private readonly options: AgentProxyOptions) {
    const { url, logger, connectMs = 1_000, restartMs = 5_000, marginMs = MARGIN_MS } = options;
    this.marginMs = marginMs;
    this.upstream = new AgentUpstream({ url, connectMs, restartMs });
    this.circuit = new AgentCircuit({
      logger,
      failures: options.breakerFailures ?? 3,
      openMs: options.breakerOpenMs ?? 2_000,
      probe: () => this.upstream.probe(),
    });
    this.metrics = [
      this.requests,
      {
        name: 'aitbc_agent_proxy_circuit_open',
        help: 'Whether requests for the agent service are refused at once, since it has not answered several times in a row.',
        kind: 'gauge',
        collect: () => [{ value: this.circuit.isOpen ? 1 : 0 }],
      },
    ];
  }

  /** Stands before authentication. @throws AppError `loop_detected` */
  readonly handler: RequestHandler = async (req, res, next) => {
    if (!isAgentPath(req.path)) return next();
    nameRoute(req, ROUTE);
    if (hasPassedHere(req)) {
      this.count('loop');
      throw new AppError('loop_detected', 'the request has passed this service before');
    }
    this.count(await this.passOn(req, res));
  };

  /** Closes the connections that are kept. */
  close(): void {
    this.upstream.close();
  }

  private async passOn(req: Request, res: Response): Promise<Outcome> {
    try {
      const answer = await this.circuit.run(() => askOnward(this.upstream, req, res, this.marginMs));
      return await this.passBack(answer, req, res);
    } catch (error) {
      if (error instanceof NobodyWaits) return 'client_gone';
      if (!(error instanceof AppError)) throw error;
      // Not thrown: the error handler would log each of them, and the outage has been told.
      sendProblem(res, error, requestIdOf(req));
      return isRefusedUnsent(error) ? 'refused' : 'unavailable';
    }
  }

  private async passBack(answer: IncomingMessage, req: Request, res: Response): Promise<Outcome> {
    if (res.closed) {
      answer.destroy();
      return 'client_gone';
    }
    // All that observe a request listen for its end, and a pipeline does so several times.
    res.setMaxListeners(MAX_LISTENERS);
    let hasBrokenOff = false;
    answer.once('error', () => (hasBrokenOff = !res.closed));
    copyHead(answer, res);
    // A body of unknown length may let wait for itself: the first event of a stream comes when there is one.
    if (answer.headers['content-length'] === undefined) res.flushHeaders();
    try {
      if (isEventStream(answer)) await pipeline(untilAborted(answer, signalOf(req)), res);
      else await pipeline(answer, res);
      return 'answered';
    } catch {
      // The pipeline has destroyed the other side: the client has an answer that does not end, or the service no reader.
      if (!hasBrokenOff) return 'client_gone';
      this.options.logger.info('the agent service broke off its answer', { event: 'agent_answer_cut' });
      return 'cut';
    }
  }

  private count(outcome: Outcome): void {
    this.requests.add({ outcome });
  }
}

function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false;
}
