export { type AgentApi, agentApi, type Schemas } from './agent-api';
export { HttpAgentDirectory } from './http-agent-directory';
