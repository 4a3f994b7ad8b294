import { childEntry } from '@aitbc/shared-core';
import { CodeError, CodeJob } from './code-job';
import { GRACE_MS } from './code-lane';
import { CodeLaneSet } from './code-lane-set';
import { CodeLimits, CodeMetrics, CodeReply, CodeRequest, MIN_MEMORY_MB } from './protocol';

export interface CodeSandboxOptions {
  /** Runs at once (default 2). One more worker is kept warm to take the place of one that is terminated. */
  readonly size?: number;
  /** Wall-clock time of a run in milliseconds (default 1000); this and the next two may be set for each run too. */
  readonly timeoutMs?: number;
  /** Memory of a run in MiB, of which the bare interpreter takes 16 (default 32). */
  readonly memoryMb?: number;
  /** Size of the result as UTF-8 JSON (default 1 MiB). */
  readonly maxOutputBytes?: number;
  /** Size of code and input together, as UTF-8 (default 4 MiB). */
  readonly maxInputBytes?: number;
}

export interface CodeRunOptions extends Partial<CodeLimits> {
  /** Ends the run at once and rejects the call with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface CodeResult {
  /** Plain JSON. */
  readonly output: unknown;
  /** At most 100 lines of 1,000 characters. */
  readonly logs: readonly string[];
  readonly metrics: CodeMetrics;
}

/** Why code would not run. */
export interface CodeProblem {
  readonly message: string;
  readonly line?: number;
}

/** For loading a module only, without a call: for a second try too, where the first was not its own doing. */
const CHECK_TIMEOUTS_MS = [250, 1_000];

/**
 * Runs users' code: an ES module whose default export is a (possibly async) function from JSON to JSON. It runs in a
 * JavaScript interpreter inside WebAssembly inside a worker thread. It has the language and a `console`, and nothing
 * else: no files, no network, no timers, no imports.
 */
export class CodeSandbox {
  private readonly limits: CodeLimits;
  private readonly maxInputBytes: number;
  private readonly lanes: CodeLaneSet;

  constructor(options: CodeSandboxOptions = {}) {
    this.limits = {
      timeoutMs: options.timeoutMs ?? 1_000,
      memoryMb: options.memoryMb ?? 32,
      maxOutputBytes: options.maxOutputBytes ?? 1024 * 1024,
    };
    this.maxInputBytes = options.maxInputBytes ?? 4 * 1024 * 1024;
    this.lanes = new CodeLaneSet(options.size ?? 2, childEntry(__dirname, 'code-worker'));
  }

  /** The longest that a run may keep its thread busy, in milliseconds: its own time, and what it may take to stop it. */
  get longestRunMs(): number {
    return this.limits.timeoutMs + GRACE_MS;
  }

  /**
   * Calls the default export of `code` with `input`.
   * @throws CodeError `code_invalid` (syntax, no default function, result is no JSON), `code_failed` (an exception),
   *   `code_timeout`, `code_resource_limit`; SandboxError `sandbox_*`; or the reason of the signal.
   */
  async run(code: string, input: unknown, options: CodeRunOptions = {}): Promise<CodeResult> {
    const { outputJson = 'null', logs, metrics } = await this.submit({ code, inputJson: toJson(input) }, options);
    return { output: JSON.parse(outputJson) as unknown, logs, metrics };
  }

  /**
   * Whether the module can be loaded and has a default function, without calling it; its top level does run.
   * @throws SandboxError only for `sandbox_*`.
   */
  async check(code: string): Promise<CodeProblem | undefined> {
    let failure: CodeError | undefined;
    for (const timeoutMs of CHECK_TIMEOUTS_MS) {
      failure = await this.failureToLoad(code, timeoutMs);
      // A machine that stood still for a moment would refuse good code.
      if (failure?.code !== 'code_timeout') break;
    }
    if (!failure) return undefined;
    return { message: failure.message, ...(failure.line === undefined ? {} : { line: failure.line }) };
  }

  /** Ends the workers. Runs that are not done are rejected with `sandbox_closed`. */
  async close(): Promise<void> {
    await this.lanes.close();
  }

  private async failureToLoad(code: string, timeoutMs: number): Promise<CodeError | undefined> {
    try {
      await this.submit({ code }, { timeoutMs });
      return undefined;
    } catch (error) {
      if (error instanceof CodeError) return error;
      throw error;
    }
  }

  private async submit(request: Pick<CodeRequest, 'code' | 'inputJson'>, options: CodeRunOptions): Promise<CodeReply> {
    options.signal?.throwIfAborted();
    this.requireSize(request);
    const job = new CodeJob({ ...request, limits: this.limitsOf(options) }, options.signal);
    this.lanes.submit(job);
    return job.reply;
  }

  private limitsOf(options: CodeRunOptions): CodeLimits {
    const limits = {
      timeoutMs: options.timeoutMs ?? this.limits.timeoutMs,
      memoryMb: options.memoryMb ?? this.limits.memoryMb,
      maxOutputBytes: options.maxOutputBytes ?? this.limits.maxOutputBytes,
    };
    if (limits.memoryMb >= MIN_MEMORY_MB) return limits;
    throw new CodeError('code_resource_limit', `code needs a memory limit of at least ${MIN_MEMORY_MB} MiB`);
  }

  private requireSize({ code, inputJson = '' }: Pick<CodeRequest, 'code' | 'inputJson'>): void {
    const bytes = Buffer.byteLength(code) + Buffer.byteLength(inputJson);
    if (bytes <= this.maxInputBytes) return;
    const message = `code and input have ${bytes} bytes, ${this.maxInputBytes} are allowed`;
    throw new CodeError('code_resource_limit', message);
  }
}

/** @throws CodeError `code_invalid` for what JSON cannot express. */
function toJson(input: unknown): string {
  try {
    return JSON.stringify(input) ?? 'null';
  } catch {
    throw new CodeError('code_invalid', 'the input is not JSON');
  }
}
