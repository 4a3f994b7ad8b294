import type { Logger as TypeOrmLogger } from 'typeorm';
import type { Logger } from '../logging/logger';

/** TypeORM writes to the console by itself. Statements are not logged: errors carry theirs, parameters may be secrets. */
export class TypeOrmLog implements TypeOrmLogger {
  constructor(private readonly logger: Logger) {}

  logQuery(): void {
    // Each statement: nothing to say.
  }

  logQueryError(): void {
    // The caller is given the error.
  }

  logQuerySlow(timeMs: number, query: string): void {
    this.logger.warn('a slow statement', { timeMs, query });
  }

  logSchemaBuild(message: string): void {
    this.logger.debug(message);
  }

  logMigration(message: string): void {
    this.logger.info(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    this.logger[level === 'warn' ? 'warn' : 'debug'](String(message));
  }
}
