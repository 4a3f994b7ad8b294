module.exports = { ...require('../../jest.postgres.js'), displayName: 'agent-directory', rootDir: __dirname };
