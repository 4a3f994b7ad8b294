import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAgentsWay } from './ways';
import { WaysFolder } from './ways-folder';

const RELEASES = ['monolith'];
let root: string;
let folder: WaysFolder;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aitbc-test-'));
  folder = new WaysFolder(root, RELEASES);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Files that nginx finds, without `ways.json`. */
function found(): string[] {
  return readdirSync(join(root, 'ways', 'current'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'ways.json')
    .map(({ name, parentPath }) => join(parentPath, name).split('/current/')[1] ?? '')
    .sort();
}

const set = (agents: string, shadow = false) => folder.write({ agents: parseAgentsWay(agents, RELEASES), shadow });

describe('the folder of ways', () => {
  it('has a file for each thing that is not as usual', () => {
    set('service');
    expect(found()).toEqual([]);
    set('proxy', true);
    expect(found()).toEqual(['proxy', 'shadow']);
    set('canary:98');
    expect(found()).toEqual(['releases/monolith/98', 'releases/monolith/99']);
    set('monolith');
    expect(found()).toHaveLength(100);
  });

  it('tells what was set, and since when', () => {
    const before = Date.now();
    set('canary:25', true);
    const { agents, shadow, since } = folder.read();
    expect({ agents, shadow }).toEqual({ agents: { to: 'canary', percent: 25, release: 'monolith' }, shadow: true });
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
  });

  it('begins with the service, and keeps what is set when it is asked to begin again', () => {
    expect(() => folder.read()).toThrow(/does not say which ways are set/);
    folder.ensure();
    expect(folder.read()).toMatchObject({ agents: { to: 'service' }, shadow: false });
    set('monolith');
    folder.ensure();
    expect(folder.read().agents).toEqual({ to: 'release', release: 'monolith' });
  });

  it('keeps the last sets, the present one among them, and no other', () => {
    for (let change = 0; change < 25; change += 1) set(change % 2 === 0 ? 'monolith' : 'service');
    const sets = readdirSync(join(root, 'ways', 'sets')).sort();
    expect(sets).toHaveLength(10);
    expect(readlinkSync(join(root, 'ways', 'current'))).toBe(`sets/${sets.at(-1)}`);
    expect(readdirSync(join(root, 'ways')).sort()).toEqual(['current', 'sets']);
    expect(readFileSync(join(root, 'ways', 'current', 'ways.json'), 'utf8')).toContain('"agents":"monolith"');
  });
});
