import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one piece of work carries. */
export interface LogContext {
  readonly request_id?: string;
  readonly execution_id?: string;
  readonly step_id?: string;
  readonly job_id?: string;
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` with these fields added to the log context of everything it awaits. */
export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}
