export { databaseMetrics } from './database-metrics';
export { databaseSizeMetrics } from './database-size';
export { Distribution } from './distribution';
export { type Counted, Figures } from './figures';
export { Metrics } from './metrics';
export { cached, type MetricsSource, type Sample } from './metrics-source';
export { Tally } from './tally';
export * from './tracing';
