import { processEnvironment } from '../config/environment';

/** `TEST_FULL=1` runs the long forms: many rows, the counts of the acceptance criteria. */
export const fullTests = processEnvironment()['TEST_FULL'] === '1';
