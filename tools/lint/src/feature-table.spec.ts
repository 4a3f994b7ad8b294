import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

interface Application {
  readonly folder: string;
  readonly layers: readonly (readonly string[])[];
  readonly apart: readonly string[];
  readonly compositionRoot: { readonly folders: readonly string[]; readonly files: readonly string[] };
}

interface Table {
  readonly applications: readonly Application[];
  readonly specHelpers: string;
}

/** The tables are an ES module, which Jest cannot load. */
function readTable(): Table {
  const module = JSON.stringify(join(root, 'tools/lint/feature-direction.mjs'));
  const script = `import * as table from ${module}; process.stdout.write(JSON.stringify(table));`;
  return JSON.parse(execFileSync('node', ['--input-type=module', '-e', script], { encoding: 'utf8' })) as Table;
}

function foldersIn(path: string): string[] {
  const folders = readdirSync(join(root, path), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name);
}

const named = ({ layers, apart }: Application): string[] => [...layers.flat(), ...apart];

const { applications, specHelpers } = readTable();

it('there is a table for each of the two services', () => {
  expect(applications.map(({ folder }) => folder)).toEqual(['apps/agent-management', 'apps/coordinator-api']);
});

describe.each(applications)('the table of feature directions of $folder', (application) => {
  const { folder, compositionRoot } = application;
  const app = `${folder}/src/app`;

  it('names every folder, so that no feature escapes the rule', () => {
    const known = [...named(application), ...compositionRoot.folders, specHelpers];
    expect(foldersIn(app).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names each feature once', () => {
    const all = [...named(application), ...compositionRoot.folders, specHelpers];
    expect(new Set(all).size).toBe(all.length);
  });

  it('names as the composition root what is there', () => {
    const parts = [...compositionRoot.folders, ...compositionRoot.files.map((file) => `${file}.ts`)];
    expect(parts.filter((part) => !existsSync(join(root, app, part)))).toEqual([]);
  });
});
