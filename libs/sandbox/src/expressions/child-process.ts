import { ChildProcess, spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { Duplex } from 'node:stream';
import { LineReader } from './line-reader';
import { SOCKET_FD } from './protocol';

export interface ChildEvents {
  /** Each line that the child sent, in order. */
  line(line: string): void;
  /** The process has ended, and every line that it had sent was delivered. */
  gone(): void;
}

/** A started child and its socket. */
export interface Child {
  readonly pid: number | undefined;
  send(line: string): void;
  kill(): void;
}

/**
 * Starts a child that can do nothing but compute: no environment, no standard streams, a small heap, and Node's
 * permission model against writing files, starting programs and loading native code, for the day on which somebody
 * finds a way out of an evaluator.
 */
export function startChild(file: string, memoryMb: number, maxLineLength: number, events: ChildEvents): Child {
  const child = spawn(process.execPath, [...nodeFlags(memoryMb), file], {
    env: {},
    cwd: parse(file).root,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const socket = child.stdio[SOCKET_FD] as Duplex;
  const reader = new LineReader(maxLineLength);
  let ended = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => deliver(chunk));
  // Writing to a child that has just died; its end is reported by 'close'.
  socket.on('error', () => undefined);
  child.on('error', end);
  child.on('close', end);
  return {
    pid: child.pid,
    send,
    kill: () => killHard(child),
  };

  /** What is sent in one turn of the event loop goes to the kernel in one piece: a batch of commits starts many steps. */
  function send(line: string): void {
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(`${line}\n`);
  }

  function deliver(chunk: string): void {
    let lines: string[];
    try {
      lines = reader.push(chunk);
    } catch {
      // More than the child's own check lets through: it is no longer our program that is talking.
      killHard(child);
      return;
    }
    lines.forEach((line) => events.line(line));
  }

  /** 'error' alone comes when the process could not be started, 'close' alone when it ran. */
  function end(): void {
    if (ended) return;
    ended = true;
    events.gone();
  }
}

function nodeFlags(memoryMb: number): string[] {
  const flags = [`--max-old-space-size=${memoryMb}`, '--max-semi-space-size=8'];
  // Before Node 22.13 the flag had another name. `--allow-worker` is for the child's watch on its parent.
  if (process.allowedNodeEnvironmentFlags.has('--permission')) {
    flags.push('--permission', '--allow-fs-read=*', '--allow-worker');
  }
  return flags;
}

function killHard(child: ChildProcess): void {
  child.kill('SIGKILL');
}
