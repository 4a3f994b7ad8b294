// Each test starts real processes, up to three platforms one after another, on machines that may do other work as well.
module.exports = {
  ...require('../../jest.postgres.js'),
  displayName: 'platform',
  rootDir: __dirname,
  testTimeout: 60_000,
  // Much of their time goes by in waits: for processes to start and to drain, for leases to run out.
  maxWorkers: 2,
};
