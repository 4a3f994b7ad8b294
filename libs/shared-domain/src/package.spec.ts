import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `nx build shared-domain` made; the `test` target builds first. */
const built = join(__dirname, '../../../dist/libs/shared-domain');

interface Manifest {
  readonly version: string;
  readonly dependencies?: object;
  readonly peerDependencies: object;
}

/** The files that `npm pack` would put into the tarball. */
function packedFiles(): string[] {
  const answer = execFileSync('npm', ['pack', '--dry-run', '--json', built], { encoding: 'utf8', stdio: 'pipe' });
  const [{ files }] = JSON.parse(answer) as [{ files: { path: string }[] }];
  return files.map(({ path }) => path);
}

/** What the text of a module or of its declarations imports. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/(?<!\w)(?:from|import|require\()\s*['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
}

describe('the package', () => {
  if (!existsSync(built)) throw new Error(`${built} is not there: run \`npx nx build shared-domain\` first`);
  const files = packedFiles();
  const code = files.filter((path) => /\.(js|d\.ts)$/.test(path));
  const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Manifest;

  it('has code with declarations, a page that explains it and the licence, but no tests', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'src/index.js', 'src/index.d.ts']));
    expect(code.filter((path) => path.endsWith('.d.ts')).length).toBe(code.length / 2);
    expect(files.filter((path) => path.includes('.spec.') || path.includes('/testing/'))).toEqual([]);
  });

  it('depends on no other library of the workspace, and has TypeORM as a peer', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(['reflect-metadata', 'typeorm']);
    const imported = new Set(code.flatMap((path) => importsOf(readFileSync(join(built, path), 'utf8'))));
    expect([...imported].filter((name) => !name.startsWith('.'))).toEqual(['typeorm']);
  });

  it('can be required by its name only, so that its inner files stay its own', () => {
    const { exports } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as { exports: object };
    expect(Object.keys(exports)).toEqual(['.', './package.json']);
  });

  it('recognises every form of import', () => {
    const text = `import a from 'a';\nexport * from "b";\nconst c = require("c");\ntype D = import('d').D;\nimport 'e';`;
    expect(importsOf(text)).toEqual(['a', 'b', 'c', 'e']);
  });
});
