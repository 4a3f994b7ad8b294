export { directoryDocument } from './directory.openapi';
export { createDirectoryRouter } from './directory.router';
export { LocalAgentDirectory } from './local-agent-directory';
export { PublicReceipts } from './public-receipts';
