export * from './agent-directory.port';
export * from './job-client.port';
export * from './miner-protocol';
