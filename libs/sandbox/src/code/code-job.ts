import { deferred } from '../deferred';
import { SandboxError } from '../sandbox-error';
import type { CodeErrorCode, CodeMetrics, CodeReply, CodeRequest } from './protocol';

/** The failure of a run, with what its code had logged until then (unless its thread had to be killed). */
export class CodeError extends SandboxError {
  constructor(
    code: CodeErrorCode,
    message: string,
    /** Line of the user's code, counted from 1, where it is known. */
    readonly line?: number,
    readonly logs: readonly string[] = [],
    /** What the run had used; absent when it never began. Of one whose thread was killed only what can still be told. */
    readonly metrics?: Partial<CodeMetrics>,
  ) {
    super(code, message);
    this.name = 'CodeError';
  }
}

/** A run on its way through the sandbox. The first of its ends counts. */
export class CodeJob {
  private readonly result = deferred<CodeReply>();
  private open = true;

  constructor(
    readonly request: CodeRequest,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.onAbort(() => this.reject(signal?.reason));
  }

  /** @throws CodeError when the code failed or was stopped, SandboxError `sandbox_*`, or the signal's reason. */
  get reply(): Promise<CodeReply> {
    return this.result.promise;
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Listens until the job has ended. */
  onAbort(listener: () => void): void {
    this.signal?.addEventListener('abort', listener, { once: true });
    const forget = () => this.signal?.removeEventListener('abort', listener);
    this.result.promise.then(forget, forget);
  }

  finish(reply: CodeReply): void {
    const { failure, logs, metrics } = reply;
    if (failure !== undefined) {
      return this.reject(new CodeError(failure.code, failure.message, failure.line, logs, metrics));
    }
    this.open = false;
    this.result.resolve(reply);
  }

  /** Its thread is ended. */
  stop(code: CodeErrorCode, message: string, used: Partial<CodeMetrics> = {}): void {
    this.reject(new CodeError(code, message, undefined, [], used));
  }

  reject(reason: unknown): void {
    this.open = false;
    this.result.reject(reason);
  }
}
