import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];
/** `| name | what for | why this one | licence |` */
const LINE = /^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/;

interface Manifest {
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const manifest = (path: string): Manifest => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;

function documentedLicences(): Map<string, string> {
  const lines = readFileSync(join(root, 'docs/dependencies.md'), 'utf8').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, , , licence] = LINE.exec(line) ?? [];
      return name !== undefined && licence !== undefined ? [[name, licence.trim()]] : [];
    }),
  );
}

const { dependencies = {}, devDependencies = {} } = manifest('package.json');
const names = Object.keys({ ...dependencies, ...devDependencies });

describe('docs/dependencies.md', () => {
  const documented = documentedLicences();

  it.each(names)('says what %s is for, and its true licence, which is one that we accept', (name) => {
    const { license } = manifest(`node_modules/${name}/package.json`);
    expect(documented.get(name)).toBe(license);
    expect(ALLOWED).toContain(license);
  });

  it('names no package that is not a dependency', () => {
    expect([...documented.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
