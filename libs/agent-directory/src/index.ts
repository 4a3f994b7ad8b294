export { countAgents, DatabaseAgentDirectory } from './database-agent-directory';
