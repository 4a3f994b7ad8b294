module.exports = { ...require('../../jest.preset.js'), displayName: 'coordinator-domain', rootDir: __dirname };
