export { agentContextDocuments } from './openapi';
export { LocalAgentDirectory } from './agent-directory';
export { AgentRepository } from './agents';
export { composeAgentContext } from './compose';
