/** The package has no types; these are of what is used here. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
    onResponse?: (status: number, body: string) => void;
  }

  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    headers?: Record<string, string>;
    /** Each connection sends them one after another, and begins anew. */
    requests: Request[];
    /** Milliseconds between two looks whether the time is over. */
    sampleInt: number;
    /** Called for each connection before its first request. */
    setupClient: (client: { setRequests(requests: Request[]): void }) => void;
  }

  interface Result {
    /** Seconds from the first request to the end. */
    duration: number;
    /** Connections that failed, time-outs included. */
    errors: number;
    non2xx: number;
  }

  /** Emits `response` with the client, the status, bytes and milliseconds. */
  interface Instance extends EventEmitter, PromiseLike<Result> {}

  export default function autocannon(options: Options): Instance;
}
