// Each test starts real processes, up to three platforms one after another, on machines that may do other work as well.
module.exports = {
  ...require('../../jest.postgres.js'),
  displayName: 'platform',
  rootDir: __dirname,
  testTimeout: 120_000,
};
