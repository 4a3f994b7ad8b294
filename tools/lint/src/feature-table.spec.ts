import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

interface Context {
  readonly folder: string;
  readonly layers: readonly (readonly string[])[];
  readonly apart: readonly string[];
}

interface Table {
  readonly agentContext: Context;
  readonly coordinatorContext: Context;
  readonly compositionRoot: { readonly folders: readonly string[] };
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

const named = ({ layers, apart }: Context): string[] => [...layers.flat(), ...apart];

describe('the table of feature directions', () => {
  const { agentContext, coordinatorContext, compositionRoot } = readTable();

  it('names every folder of the agent context, so that no feature escapes the rule', () => {
    const known = [...named(agentContext), ...compositionRoot.folders];
    expect(foldersIn(agentContext.folder).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names every folder of the coordinator', () => {
    const known = [...named(coordinatorContext), ...compositionRoot.folders, 'agent-context'];
    expect(foldersIn(coordinatorContext.folder).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names each feature once', () => {
    for (const context of [agentContext, coordinatorContext]) {
      expect(new Set(named(context)).size).toBe(named(context).length);
    }
  });
});
