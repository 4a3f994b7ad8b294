module.exports = { ...require('../../jest.postgres.js'), displayName: 'agent-management', rootDir: __dirname };
