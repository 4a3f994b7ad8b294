/** A request that was not answered as it should have been. */
export interface Failure {
  /** Method and path. */
  readonly request: string;
  /** The status, or why there was no answer. */
  readonly reason: string;
  /** Milliseconds since the tally began. */
  readonly atMs: number;
}

/** How long answers took, in milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What is told of each request of a load, once. */
export interface LoadRecord {
  /** @param server `host:port`, or what a router calls it */
  answer(server: string, tookMs: number, method: string): void;
  /** @param request its method and path */
  fail(request: string, reason: string, method: string, tookMs: number): void;
  /** An answer told its client to leave the connection. */
  farewell?(): void;
}

/** Accounts for every request of a load: none is sent that is not answered or failed in here. */
export class Tally implements LoadRecord {
  private readonly began = performance.now();
  private readonly times: number[] = [];
  private readonly byServer = new Map<string, number>();
  readonly failures: Failure[] = [];
  /** Answers that told their client to leave the connection. */
  farewells = 0;

  /** Requests that were answered as expected. */
  get answered(): number {
    return this.times.length;
  }

  /** How many of them that server (`host:port`) has answered. */
  answeredBy(server: string): number {
    return this.byServer.get(server) ?? 0;
  }

  answer(server: string, tookMs: number): void {
    this.times.push(tookMs);
    this.byServer.set(server, this.answeredBy(server) + 1);
  }

  fail(request: string, reason: string): void {
    this.failures.push({ request, reason, atMs: Math.round(performance.now() - this.began) });
  }

  farewell(): void {
    this.farewells += 1;
  }

  latency(): Latency {
    const sorted = [...this.times].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}
