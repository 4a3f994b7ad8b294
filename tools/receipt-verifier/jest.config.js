module.exports = { ...require('../../jest.preset.js'), displayName: 'receipt-verifier', rootDir: __dirname };
