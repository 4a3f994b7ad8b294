// Judges the service at BASE_URL. `nx test` starts some of its own if there is none: see tools/platform/src/suite.ts.
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'coordinator-e2e',
  rootDir: __dirname,
  setupFiles: [],
  globalSetup: '<rootDir>/src/testing/prepare.ts',
  globalTeardown: '<rootDir>/src/testing/finish.ts',
  testTimeout: 60_000,
};
