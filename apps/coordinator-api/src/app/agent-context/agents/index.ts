export type { AgentProfilePart, StatsPart } from './agent-parts.port';
export { AgentRepository } from './agent.repository';
export { type AgentRouterDeps, createAgentRouter } from './agent.router';
export { AgentService } from './agent.service';
