module.exports = { ...require('../../jest.preset.js'), displayName: 'operator-programs', rootDir: __dirname };
