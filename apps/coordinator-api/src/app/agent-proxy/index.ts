export { AgentProxy } from './agent-proxy';
export { AGENT_PREFIX } from './agent-url';
export { PlatformDocument } from './platform-document';
