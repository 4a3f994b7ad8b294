export { databaseMetrics } from './database-metrics';
export { type Counted, Figures } from './figures';
export { Metrics } from './metrics';
export { cached, type MetricsSource, type Sample } from './metrics-source';
