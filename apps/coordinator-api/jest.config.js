module.exports = { ...require('../../jest.postgres.js'), displayName: 'coordinator-api', rootDir: __dirname };
