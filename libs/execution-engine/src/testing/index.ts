export * from './execution-store.contract';
export * from './fixtures';
export * from './jsonata-evaluator';
export * from './worker-bench';
