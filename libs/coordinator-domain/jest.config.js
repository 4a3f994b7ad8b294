module.exports = { ...require('../../jest.postgres.js'), displayName: 'coordinator-domain', rootDir: __dirname };
