module.exports = { ...require('../../jest.preset.js'), displayName: 'inference-client', rootDir: __dirname };
