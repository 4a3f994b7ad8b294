export * from './columns/columns';
