const shared = require('./esbuild.config.js');

/**
 * For a program of one file without `node_modules` that starts at once. It takes some pure functions out of libraries
 * whose other files load a database and an HTTP server: whatever no import asks for is left out.
 */
const onlyWhatIsUsed = {
  name: 'only-what-is-used',
  setup(build) {
    build.onResolve({ filter: /^(@aitbc\/|\.)/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (pluginData === 'resolved' || kind === 'entry-point') return undefined;
      const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: 'resolved' });
      const ours = found.errors.length === 0 && !found.external && !found.path.includes('node_modules');
      return ours ? { path: found.path, sideEffects: false } : undefined;
    });
  },
};

module.exports = {
  ...shared,
  banner: { js: '#!/usr/bin/env node' },
  plugins: [onlyWhatIsUsed, ...shared.plugins],
};
