const { transformFile } = require('@swc/core');

/**
 * esbuild emits no decorator metadata, which TypeORM and class-transformer read at run time
 * (without it: ColumnTypeUndefinedError on the first entity). Each TypeScript file passes through SWC first.
 */
const decoratorMetadata = {
  name: 'decorator-metadata',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { code } = await transformFile(path, {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      });
      return { contents: code, loader: 'js' };
    });
  },
};

module.exports = {
  sourcemap: true,
  outExtension: { '.js': '.js' },
  plugins: [decoratorMetadata],
};
