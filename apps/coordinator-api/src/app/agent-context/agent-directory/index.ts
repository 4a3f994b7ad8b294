export { LocalAgentDirectory } from './local-agent-directory';
