export { FallbackAgentDirectory } from './fallback-agent-directory';
