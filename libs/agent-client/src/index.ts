export { type AgentApi, agentApi, type Operations, type Schemas } from './agent-api';
export { followEvents, followExecution, type FollowedEvent, type FollowOptions } from './event-stream';
export { HttpAgentDirectory } from './http-agent-directory';
