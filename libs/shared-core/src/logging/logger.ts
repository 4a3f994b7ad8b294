import { createLogger as createWinston, format, Logger as WinstonLogger, transports } from 'winston';
import { currentLogContext } from './log-context';
import { redact } from './redact';
import { gatheredStandardOutput } from './turn-stream';

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
  /** Where the lines go; standard output by default. */
  readonly destination?: NodeJS.WritableStream;
}

/** A winston logger that writes one line for each entry: JSON, or a readable form for terminals. */
export function createLogger({ service, level, format: form, destination }: LoggerOptions): Logger {
  const winston = createWinston({
    level,
    format: format.combine(
      format((info) => redact(info))(),
      form === 'json' ? jsonLine() : format.combine(format.colorize(), format.printf(prettyLine)),
    ),
    transports: [new transports.Stream({ stream: destination ?? gatheredStandardOutput() })],
  });
  return new WinstonBackedLogger(winston, { service });
}

/** Where winston looks for the text of an entry. */
const MESSAGE = Symbol.for('message');

class WinstonBackedLogger implements Logger {
  constructor(
    private readonly winston: WinstonLogger,
    private readonly base: LogFields,
  ) {}

  error(message: string, fields?: LogFields): void {
    this.write('error', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.write('warn', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.write('debug', message, fields);
  }

  child(fields: LogFields): Logger {
    return new WinstonBackedLogger(this.winston, { ...this.base, ...fields });
  }

  /**
   * One object for one line: with a message and fields apart, winston would append a field called `message` to the
   * message. The level is asked first, since winston formats (and redacts) also what no transport will write.
   */
  private write(level: LogLevel, message: string, fields: LogFields = {}): void {
    if (!this.winston.isLevelEnabled(level)) return;
    const timestamp = new Date().toISOString();
    this.winston.log({ timestamp, ...this.base, ...currentLogContext(), ...renamed(fields), level, message });
  }
}

/** Fields that would hide those of every line keep their value under another name. */
const RESERVED: ReadonlySet<string> = new Set(['timestamp', 'level', 'message', 'service']);

function renamed(fields: LogFields): LogFields {
  if (!Object.keys(fields).some((name) => RESERVED.has(name))) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [RESERVED.has(name) ? `${name}_` : name, value]),
  );
}

/** Redacted entries hold no cycles and nothing deep, so the engine's own JSON will do; winston's takes several times as long. */
const jsonLine = format((info) => Object.assign(info, { [MESSAGE]: JSON.stringify(info, bigIntsAsText) }));

function bigIntsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function prettyLine(info: Readonly<Record<string, unknown>>): string {
  const { timestamp, level, message, service, ...rest } = info;
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [String(timestamp).slice(11, 23), level, `[${String(service)}]`, message, ...fields].join(' ');
}
