export { tearDown as default } from './one-postgres';
