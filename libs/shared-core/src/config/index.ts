export * from './configuration-error';
export { processEnvironment, type Environment } from './environment';
export { readConfiguration, type Configuration } from './read-configuration';
export * from './render-table';
export * from './shared-variables';
export { tracingVariables } from './tracing-variables';
export * from './variable';
