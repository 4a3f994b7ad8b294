import type { WasmModule } from './web-assembly';

/** What goes between the CodeSandbox and its worker threads. A worker has one request at a time. */
export interface CodeRequest {
  /** ES module source. */
  readonly code: string;
  /** JSON text of the argument; without it the default export is only checked for, not called. */
  readonly inputJson?: string;
  readonly limits: CodeLimits;
}

export interface CodeLimits {
  /** Wall-clock milliseconds, from the moment when the interpreter is set up. */
  readonly timeoutMs: number;
  /** MiB of linear memory: the interpreter with all its objects, strings and buffers. */
  readonly memoryMb: number;
  /** UTF-8 bytes of the result as JSON. */
  readonly maxOutputBytes: number;
}

/** What a run has cost. */
export interface CodeMetrics {
  readonly durationMs: number;
  /** CPU time of the run's thread in whole microseconds; absent on Node versions that cannot tell (before 23.9). */
  readonly cpuMicros?: number;
  /** Linear memory at the end, which is also its peak, since it never shrinks. The interpreter starts with 16 MiB. */
  readonly memoryBytes: number;
}

export type CodeErrorCode = 'code_invalid' | 'code_failed' | 'code_timeout' | 'code_resource_limit';

export interface CodeFailure {
  readonly code: CodeErrorCode;
  readonly message: string;
  readonly line?: number;
}

export interface CodeReply {
  readonly outputJson?: string;
  readonly failure?: CodeFailure;
  /** Lines that the code wrote to `console`. */
  readonly logs: readonly string[];
  readonly metrics: CodeMetrics;
  /** CPU time of the thread until now, in microseconds: what a run that must be stopped has used begins there. */
  readonly threadCpuMicros?: number;
}

/** The first message of a worker: it takes requests. */
export interface CodeWorkerReady {
  readonly ready: true;
  readonly threadCpuMicros?: number;
}

/** Given to each worker at its start, so that the interpreter is compiled once for all of them. */
export interface CodeWorkerData {
  readonly interpreter: WasmModule;
}

/** The interpreter's own start size; it does not run in less. */
export const MIN_MEMORY_MB = 16;
