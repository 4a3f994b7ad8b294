// The crash tests: each runs real processes for minutes, so they are not among the tests that every change runs.
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'crash',
  rootDir: __dirname,
  testMatch: ['<rootDir>/src/crash/**/*.crash.ts'],
  testTimeout: 3_600_000,
};
