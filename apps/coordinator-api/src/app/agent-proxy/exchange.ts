import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { reasonOf } from '@aitbc/shared-core';

export interface ExchangeOptions {
  readonly body?: Readable | undefined;
  /** For the connection (ms). */
  readonly connectMs: number;
  /** From the end of the request to the head of the answer (ms). */
  readonly headMs: number;
  /** Ends the exchange as long as the head is not there. */
  readonly signal: AbortSignal;
  readonly onConnected: () => void;
}

/** A kept connection that was closed before a byte of the answer had come. */
export class StaleConnection extends Error {}

/** The service has taken longer than it may. */
class TooLate extends Error {}

/**
 * Sends a request and gives its answer as soon as the head is there. The body is touched only once there is a connection,
 * so that it is whole for another try when there is none; what nobody wants of it any more is read and thrown away, so
 * that its sender can go on to its next request. A slow sender is no failure of the service: the time for the head runs
 * from the end of the body.
 * @throws Error of the connection, of a time limit, StaleConnection, or the reason of the signal's abort
 */
export function exchange(outgoing: ClientRequest, options: ExchangeOptions): Promise<IncomingMessage> {
  const { body, connectMs, headMs, signal, onConnected } = options;
  return new Promise((resolve, reject) => {
    let readBefore = 0;
    let isConnected = false;
    let isOver = false;
    const failLater = (ms: number, what: string) =>
      setTimeout(() => outgoing.destroy(new TooLate(`${what} has taken more than ${ms} ms`)), ms);
    let timer = failLater(connectMs, 'the connection');
    const onAbort = (): void => void outgoing.destroy(reasonOf(signal));
    const settle = (): void => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    outgoing.once('socket', (socket) =>
      whenConnected(socket, () => {
        clearTimeout(timer);
        isConnected = true;
        onConnected();
        readBefore = socket.bytesRead;
        if (body) body.pipe(outgoing);
        else outgoing.end();
      }),
    );
    outgoing.once('finish', () => {
      // A service that refuses a request answers before it has got all of it.
      if (!isOver) timer = failLater(headMs, 'the answer');
    });
    outgoing.once('response', (answer) => {
      settle();
      resolve(answer);
    });
    // Stays after the head: of a connection that breaks then, the answer tells.
    outgoing.on('error', (error) => {
      settle();
      if (isConnected) body?.unpipe(outgoing).resume();
      const gotNothing = outgoing.reusedSocket && outgoing.socket?.bytesRead === readBefore;
      reject(gotNothing && isCut(error) ? new StaleConnection(error.message, { cause: error }) : error);
    });
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

function whenConnected(socket: Socket, go: () => void): void {
  if (!socket.connecting) go();
  else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', go);
}

function isCut(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error) ?? '');
}

/** What Node calls an error of a connection. */
export function codeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
