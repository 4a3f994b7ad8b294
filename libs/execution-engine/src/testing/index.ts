export * from './execution-store.contract';
export * from './fixtures';
export * from './jsonata-evaluator';
export * from './test-handler';
export * from './worker-bench';
