export { agentDocument } from './agent.openapi';
export { IfPresent, PlainText } from './agent-fields';
export { AgentRepository } from './agent.repository';
export { createAgentRouter } from './agent.router';
export { AgentService } from './agent.service';
