// The router with a real nginx, which npm does not bring: `npm run test:ways`.
module.exports = {
  ...require('./jest.config.js'),
  displayName: 'ways',
  testMatch: ['**/*.ways.ts'],
};
