export * from './database/database';
export * from './errors/app-error';
export * from './errors/error-catalogue';
export * from './ids/ids';
export * from './logging/log-context';
export * from './logging/logger';
export * from './money/money';
export * from './process/child-entry';
