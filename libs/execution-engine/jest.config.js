module.exports = { ...require('../../jest.preset.js'), displayName: 'execution-engine', rootDir: __dirname };
