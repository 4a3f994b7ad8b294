const preset = require('../../jest.postgres.js');

// The exporter of traces loads `http` by a dynamic import, which Jest takes only in code that it compiles itself.
const exporter = '@opentelemetry/otlp-exporter-base/';

module.exports = {
  ...preset,
  displayName: 'shared-core',
  rootDir: __dirname,
  transform: { ...preset.transform, [`${exporter}.+\\.js$`]: preset.transform['^.+\\.ts$'] },
  transformIgnorePatterns: [`/node_modules/(?!${exporter})`],
};
