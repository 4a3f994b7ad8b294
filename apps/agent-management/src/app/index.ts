export { agentContextDocuments } from './openapi';
export { LocalAgentDirectory, PublicReceipts } from './agent-directory';
export { AgentRepository } from './agents';
export { composeAgentContext } from './compose';
export { openEngineLink } from './executions';
