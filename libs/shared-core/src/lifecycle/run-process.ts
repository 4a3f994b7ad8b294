import { ConfigurationError } from '../config/configuration-error';
import { Logger } from '../logging/logger';
import { redact } from '../logging/redact';
import { ServiceManager } from './service-manager';

/** What a process became once it serves. */
export interface RunningProcess {
  readonly logger: Logger;
  /** Finishes what is in flight and closes everything. */
  stop(): Promise<void>;
  /** What the process exits with when it has stopped well; default 0. For programs whose result is their exit code. */
  readonly exitCode?: () => number;
}

export interface RunProcessOptions {
  /** How long a stop may take before the process exits with 1; default 10 s. */
  readonly stopTimeoutMs?: number;
}

/** sysexits.h; the unit files have `RestartPreventExitStatus=78`, since a restart mends no configuration. */
const EX_CONFIG = 78;

/**
 * The life of a process. Start: bad configuration is told on stderr and exits with 78, any other failure exits with 1.
 * SIGTERM and SIGINT: a graceful stop, then exit 0 (or what the process says); a second signal exits at once. An error that
 * nobody handled leaves unknown state behind, so it is logged and the process exits with 1 for its supervisor to start anew.
 * @param main tells the manager when the process is ready; that it stops, the manager is told here
 */
export async function runProcess(
  main: (manager: ServiceManager) => Promise<RunningProcess>,
  options: RunProcessOptions = {},
): Promise<void> {
  const manager = ServiceManager.ofEnvironment();
  let running: RunningProcess | undefined;
  const fail = (event: string) => (error: unknown) => {
    reportFailure(event, error, running?.logger);
    exitWith(1);
  };
  process.on('uncaughtException', fail('uncaught_exception'));
  process.on('unhandledRejection', fail('unhandled_rejection'));
  // From here on a signal during start exits at once: nothing is in flight yet.
  const stopper = new Stopper(() => running, manager, options.stopTimeoutMs ?? 10_000);
  process.on('SIGTERM', () => stopper.onSignal('SIGTERM'));
  process.on('SIGINT', () => stopper.onSignal('SIGINT'));
  try {
    running = await main(manager);
  } catch (error) {
    reportFailure('start_failed', error, undefined);
    exitWith(error instanceof ConfigurationError ? EX_CONFIG : 1);
  }
}

/** Stops once; whoever signals again has run out of patience. */
class Stopper {
  private stopping = false;

  constructor(
    private readonly running: () => RunningProcess | undefined,
    private readonly manager: ServiceManager,
    private readonly timeoutMs: number,
  ) {}

  onSignal(signal: NodeJS.Signals): void {
    const running = this.running();
    if (this.stopping) process.exit(1);
    if (running) void this.stop(running, signal);
    else exitWith(0);
  }

  private async stop(running: RunningProcess, signal: NodeJS.Signals): Promise<void> {
    this.stopping = true;
    running.logger.info('stopping', { event: 'stopping', signal });
    this.manager.stopping(running.logger);
    setTimeout(() => {
      running.logger.error('the stop took too long', { event: 'stop_timeout', after_ms: this.timeoutMs });
      exitWith(1);
    }, this.timeoutMs).unref();
    try {
      await running.stop();
      running.logger.info('stopped', { event: 'stopped' });
      exitWith(running.exitCode?.() ?? 0);
    } catch (error) {
      running.logger.error('the stop failed', { event: 'stop_failed', error });
      exitWith(1);
    }
  }
}

/** Before there is a logger, and for configuration errors, the operator reads stderr. */
function reportFailure(event: string, error: unknown, logger: Logger | undefined): void {
  if (logger) logger.error(`the process ends: ${event}`, { event, error });
  else if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${JSON.stringify(redact({ level: 'error', event, ...describe(error) }))}\n`);
}

function describe(error: unknown): object {
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) };
}

/** Ends the process after what was logged has left it: standard output to a pipe is written asynchronously. */
function exitWith(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
}
