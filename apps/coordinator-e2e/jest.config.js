// With BASE_URL and ADMIN_KEY the suite judges that service; without, it starts the built coordinator for itself.
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'coordinator-e2e',
  rootDir: __dirname,
  setupFiles: [],
  globalSetup: '<rootDir>/src/testing/start-service.ts',
  globalTeardown: '<rootDir>/src/testing/stop-service.ts',
  testTimeout: 60_000,
};
