export * from './database-engines';
export * from './full-tests';
export * from './http-test-app';
export * from './memory-logger';
export * from './postgres';
export * from './routes-of-app';
export * from './temporary-folder';
export * from './wait-for';
