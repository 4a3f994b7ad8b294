// What operators do, with the real programs of a machine (systemd, Prometheus, …), which npm does not bring:
// `npm run test:operations`.
module.exports = {
  ...require('./jest.config.js'),
  displayName: 'operations',
  testMatch: ['**/*.ops.ts'],
};
