import type { Logger } from '@aitbc/shared-core';
import type { JobContext } from '../executors/executor';

export const silentLog: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  child: () => silentLog,
};

/** A job context with a signal that nobody aborts, for executors that use no folder. */
export function jobContext(overrides: Partial<JobContext> = {}): JobContext {
  return {
    signal: new AbortController().signal,
    workDir: '/nonexistent',
    log: silentLog,
    emit: () => undefined,
    ...overrides,
  };
}
