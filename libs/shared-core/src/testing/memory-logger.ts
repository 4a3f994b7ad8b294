import { currentLogContext } from '../logging/log-context';
import { LogFields, Logger, LogLevel } from '../logging/logger';

export type LogLine = Readonly<Record<string, unknown>>;

/** A logger that keeps its lines, log context included, for a test to read. */
export function memoryLogger(lines: LogLine[] = [], base: LogFields = {}): { logger: Logger; lines: LogLine[] } {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void =>
      void lines.push({ level, message, ...base, ...fields, ...currentLogContext() });
  const logger: Logger = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: (fields) => memoryLogger(lines, { ...base, ...fields }).logger,
  };
  return { logger, lines };
}
