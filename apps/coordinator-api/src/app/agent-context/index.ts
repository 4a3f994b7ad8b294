export { LocalAgentDirectory } from './agent-directory';
export { AgentRepository } from './agents';
export { type AgentContext, type AgentContextConfiguration, composeAgentContext } from './compose';
