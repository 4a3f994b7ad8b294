const { join } = require('node:path');

const testing = join(__dirname, 'libs/shared-core/src/testing');

/** `jest.preset.js` for projects whose tests use PostgreSQL: all suites of a run share one server. */
module.exports = {
  ...require('./jest.preset.js'),
  globalSetup: join(testing, 'one-postgres.ts'),
  globalTeardown: join(testing, 'one-postgres-end.ts'),
};
