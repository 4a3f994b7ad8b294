module.exports = { ...require('../../jest.preset.js'), displayName: 'agent-client', rootDir: __dirname };
