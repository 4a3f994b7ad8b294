export { databaseMetrics } from './database-metrics';
export { Metrics } from './metrics';
export { cached, type MetricsSource, type Sample } from './metrics-source';
