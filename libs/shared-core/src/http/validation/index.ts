export type { Constructor } from './instantiate';
export { RecordOf, type RecordOptions } from './record-of';
export * from './rules';
export { validateDto } from './validate-dto';
export * from './validate-request';
