import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const START_TIMEOUT_MS = 30_000;
/** Longer than the coordinator gives itself. */
const STOP_TIMEOUT_MS = 20_000;
const LOOK_MS = 2;

export interface ServiceOptions {
  /** The script and its arguments, after those of Node itself. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Its working directory, in which its output goes to `service.log`. */
  readonly folder: string;
  readonly port: number;
  /** Path that it answers with 200 as soon as it serves. */
  readonly healthPath: string;
}

/** A service under measurement: a process of its own on a port of this machine. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Milliseconds from the start of the process to its first answer. */
    readonly startedInMs: number,
  ) {}

  /** @throws Error with the end of its output when it ends or does not answer within 30 s. */
  static async start(options: ServiceOptions): Promise<ServiceProcess> {
    const log = join(options.folder, 'service.log');
    const output = openSync(log, 'a');
    const startedAt = performance.now();
    const child = spawn(process.execPath, options.command, {
      cwd: options.folder,
      env: options.environment,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const url = `http://127.0.0.1:${options.port}`;
    while (!(await answers(`${url}${options.healthPath}`))) {
      const late = performance.now() - startedAt > START_TIMEOUT_MS;
      if (late) kill();
      if (late || hasEnded(child)) throw new Error(`the service did not start: ${tailOf(log)}`);
      await sleep(LOOK_MS);
    }
    return new ServiceProcess(child, url, performance.now() - startedAt);
  }

  /** Asks it to stop, and kills it when it does not. */
  async stop(): Promise<void> {
    if (hasEnded(this.child)) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // It does not listen yet.
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function tailOf(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
}
