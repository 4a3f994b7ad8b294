import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one piece of work carries. */
export interface LogContext {
  readonly request_id?: string;
  readonly execution_id?: string;
  readonly step_id?: string;
  readonly job_id?: string;
  /** The trace that the work is part of, by the names that OpenTelemetry gives them in log lines; see `currentTrace`. */
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly trace_flags?: string;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Runs `work` with these fields added to the log context of everything it awaits. */
export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...fields }, work);
}

export function currentLogContext(): LogContext {
  return storage.getStore() ?? {};
}
