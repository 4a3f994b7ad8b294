import { createLogger as createWinston, format, Logger as WinstonLogger, transports } from 'winston';
import { currentLogContext } from './log-context';
import { redact } from './redact';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type LogFormat = 'json' | 'pretty';
export type LogFields = Readonly<Record<string, unknown>>;

/** The only face of logging that the code sees; the request and execution ids come from the log context. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly service: string;
  readonly level: LogLevel;
  readonly format: LogFormat;
}

/** A winston logger that writes one line for each entry to standard output: JSON, or a readable form for terminals. */
export function createLogger(options: LoggerOptions): Logger {
  const winston = createWinston({
    level: options.level,
    defaultMeta: { service: options.service },
    format: format.combine(
      format((info) => Object.assign(info, currentLogContext(), { timestamp: new Date().toISOString() }))(),
      format((info) => redact(info))(),
      options.format === 'json' ? format.json() : format.combine(format.colorize(), format.printf(prettyLine)),
    ),
    transports: [new transports.Console()],
  });
  return new WinstonBackedLogger(winston);
}

class WinstonBackedLogger implements Logger {
  constructor(private readonly winston: WinstonLogger) {}

  error(message: string, fields: LogFields = {}): void {
    this.winston.error(message, describeErrors(fields));
  }

  warn(message: string, fields: LogFields = {}): void {
    this.winston.warn(message, describeErrors(fields));
  }

  info(message: string, fields: LogFields = {}): void {
    this.winston.info(message, describeErrors(fields));
  }

  debug(message: string, fields: LogFields = {}): void {
    this.winston.debug(message, describeErrors(fields));
  }

  child(fields: LogFields): Logger {
    return new WinstonBackedLogger(this.winston.child(fields));
  }
}

/** Error objects have no enumerable properties, so JSON would show them as `{}`. */
function describeErrors(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describeError(value) : value]),
  );
}

function describeError(error: Error): LogFields {
  const cause = error.cause instanceof Error ? describeError(error.cause) : error.cause;
  return { name: error.name, message: error.message, stack: error.stack, ...(cause === undefined ? {} : { cause }) };
}

function prettyLine(info: Record<string, unknown>): string {
  const { timestamp, level, message, service, ...rest } = info;
  const fields = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [String(timestamp).slice(11, 23), level, `[${String(service)}]`, message, ...fields].join(' ');
}
