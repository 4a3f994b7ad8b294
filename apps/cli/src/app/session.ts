import { type Environment, parseTraceparent, traceparentOf } from '@aitbc/shared-core';
import type { Command } from 'commander';
import { AgentCalls } from './api/agent-calls';
import { CoordinatorCalls } from './api/coordinator-calls';
import { HttpTransport } from './api/http-transport';
import type { UrlOption } from './api/no-answer';
import { WebhookCalls } from './api/webhook-calls';
import { Output, type TextSink } from './output/output';
import { NO_PROGRESS, type Progress, progressFor } from './output/progress';
import { Style, wantsColour } from './output/style';
import { type Address, type Connection, type ConnectionFlags, connectionOf } from './settings/settings';

const TIMEOUT_MS = 30_000;
const BACKOFF_MS = 200;

/** The world around the program. */
export interface Surroundings {
  /** Not before it is needed: once it is a stream, it can no longer be read like a file. */
  readonly stdin: () => NodeJS.ReadStream;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly environment: Environment;
  /** Ends what is under way (Ctrl-C). */
  readonly signal: AbortSignal;
}

export interface GlobalFlags extends ConnectionFlags {
  readonly json?: boolean;
}

/** What one command works with, as the global options say. */
export class Session {
  readonly out: Output;

  constructor(
    readonly flags: GlobalFlags,
    readonly surroundings: Surroundings,
  ) {
    this.out = outputFor(flags.json === true, surroundings);
  }

  get signal(): AbortSignal {
    return this.surroundings.signal;
  }

  /** Which addresses the flags, the environment and the stored login name. */
  connection(): Connection {
    return connectionOf(this.flags, this.surroundings.environment);
  }

  /** Jobs, miners and keys. */
  coordinator({ coordinator }: Connection = this.connection()): CoordinatorCalls {
    return new CoordinatorCalls(this.transport(coordinator, '--url'));
  }

  /** Agents, their workflows and executions. */
  agents(connection: Connection = this.connection()): AgentCalls {
    return new AgentCalls(this.agentTransport(connection));
  }

  /** Who is told of the events of executions. */
  webhooks(): WebhookCalls {
    return new WebhookCalls(this.agentTransport(this.connection()));
  }

  private agentTransport({ coordinator, agents }: Connection): HttpTransport {
    return this.transport(agents, agents.url === coordinator.url ? '--url' : '--agent-url');
  }

  /** Calls are a part of the trace that `TRACEPARENT` names, as shells and CI systems hand one on. */
  private transport(address: Address, option: UrlOption): HttpTransport {
    const { signal } = this;
    const trace = parseTraceparent(this.surroundings.environment['TRACEPARENT']);
    const options = { ...address, option, ...(trace && { traceparent: traceparentOf(trace) }), signal };
    return new HttpTransport({ ...options, timeoutMs: TIMEOUT_MS, backoffMs: BACKOFF_MS });
  }

  /** How to show an execution of so many steps while it runs: on standard error, and not beside JSON. */
  progress(steps: number): Progress {
    const { stderr, environment } = this.surroundings;
    if (this.out.json) return NO_PROGRESS;
    return progressFor(stderr, new Style(wantsColour(stderr.isTTY === true, environment)), steps);
  }
}

export function outputFor(json: boolean, { stdout, stderr, environment }: Surroundings): Output {
  return new Output({ stdout, stderr, json, style: new Style(wantsColour(stdout.isTTY === true, environment)) });
}

/** Makes the session of a command that runs. */
export type OpenSession = (command: Command) => Session;
