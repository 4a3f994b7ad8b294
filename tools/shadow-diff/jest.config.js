module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'shadow-diff',
  rootDir: __dirname,
};
