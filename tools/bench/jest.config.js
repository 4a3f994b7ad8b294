// The smoke test starts real services, on machines that may do other work as well.
module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'bench',
  rootDir: __dirname,
  testTimeout: 300_000,
};
