export { createExplorerRouter } from './explorer.router';
export { ExplorerService } from './explorer.service';
export { explorerDocument } from './explorer.openapi';
