import { processEnvironment } from '@aitbc/shared-core';

/** `TEST_FULL=1` runs the long forms of tests, with the counts of the acceptance criteria. */
export const FULL = processEnvironment()['TEST_FULL'] === '1';
