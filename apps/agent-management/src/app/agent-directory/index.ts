export { directoryDocument } from './directory.openapi';
export { createDirectoryRouter } from './directory.router';
