export { LocalAgentDirectory } from './local-agent-directory';
export { PublicReceipts } from './public-receipts';
