import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

interface Service {
  readonly source: string;
  readonly layers: readonly (readonly string[])[];
  readonly root: readonly string[];
}

interface Table {
  readonly services: readonly Service[];
}

/** The table is an ES module, which Jest cannot load. */
function readTable(): Table {
  const module = JSON.stringify(join(root, 'tools/lint/feature-direction.mjs'));
  const script = `import * as table from ${module}; process.stdout.write(JSON.stringify(table));`;
  return JSON.parse(execFileSync('node', ['--input-type=module', '-e', script], { encoding: 'utf8' })) as Table;
}

function foldersIn(path: string): string[] {
  const folder = join(root, path);
  if (!existsSync(folder)) return [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // Helpers of specs are no feature, and no product code imports them.
  return folders.map(({ name }) => name).filter((name) => name !== 'testing');
}

describe('the table of feature directions', () => {
  const { services } = readTable();

  it.each(services)('names every folder of $source, so that no feature escapes the rule', (service) => {
    const folders = foldersIn(`${service.source}/app`);
    const known = [...service.layers.flat(), ...service.root];
    expect(folders.length).toBeGreaterThan(5);
    expect(folders.filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(services)('names each feature of $source once', ({ layers }) => {
    expect(new Set(layers.flat()).size).toBe(layers.flat().length);
  });
});
