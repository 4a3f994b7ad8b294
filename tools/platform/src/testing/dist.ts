import { join } from 'node:path';

/** The built workspace, which `nx test platform` brings up to date first. */
export const DIST = join(__dirname, '../../../../dist');
export const EXAMPLES = join(DIST, '../examples');
