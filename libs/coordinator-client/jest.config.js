module.exports = { ...require('../../jest.preset.js'), displayName: 'coordinator-client', rootDir: __dirname };
