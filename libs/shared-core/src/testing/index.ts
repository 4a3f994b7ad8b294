export * from './http-test-app';
export * from './memory-logger';
