/**
 * Lints texts as if they stood in given files, with the workspace's own configuration. Reads `[{at, text, imagined}]` as
 * JSON from standard input and writes one `[{ruleId, messageId, message}]` for each. It is a process of its own because Jest cannot
 * load an ESLint configuration that is an ES module.
 */
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = join(import.meta.dirname, '../../..');

/**
 * Features that nobody has written yet have their rules already. In an imagined file, relative imports lead to where a
 * file would be: `./x.role` to `x.role.ts`, `./x.ts` to itself, `./x` to `x/index.ts`.
 */
const imaginedFiles = {
  interfaceVersion: 3,
  name: 'imagined-files',
  resolve(source, importer) {
    if (!source.startsWith('.')) return { found: false };
    const target = join(dirname(importer), source);
    if (source.endsWith('.ts')) return { found: true, path: target };
    return { found: true, path: /\.\w+$/.test(source) ? `${target}.ts` : join(target, 'index.ts') };
  },
};

// The boundary rule reads the cached graph, which may be older than a project that a fixture is about.
await createProjectGraphAsync({ exitOnError: false });

/** A program of all projects is for reading each file once, as it is; here texts change, also of files outside of it. */
const changingTexts = {
  files: ['**/*.ts'],
  languageOptions: { parserOptions: { project: null, projectService: true } },
};
const onDisk = new ESLint({ cwd: root, ignore: false, overrideConfig: [changingTexts] });
/** Rules that need types need a file of a TypeScript project, so that they are off where there is no file. */
const inImagination = new ESLint({
  cwd: root,
  ignore: false,
  overrideConfig: [
    { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
    { settings: { 'import-x/resolver-next': [imaginedFiles] } },
  ],
});

const answers = [];
for (const { at, text, imagined } of await json(process.stdin)) {
  const linter = imagined ? inImagination : onDisk;
  const [result] = await linter.lintText(text, { filePath: join(root, at) });
  answers.push(result.messages.map(({ ruleId, messageId, message }) => ({ ruleId, messageId, message })));
}
process.stdout.write(JSON.stringify(answers));
