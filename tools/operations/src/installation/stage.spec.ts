import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { Layout } from '../layout';
import { writeChecksums } from '../release/checksums';
import { packRelease } from '../release/make-release';
import { Releases } from './releases';
import { stage } from './stage';

let folder: TemporaryFolder;
let layout: Layout;
let releases: Releases;
beforeEach(() => {
  folder = temporaryFolder();
  layout = new Layout(folder.file('root'));
  releases = new Releases(layout);
});
afterEach(() => folder.remove());

const PLATFORM = `${process.platform}-${process.arch}`;

/** A release of a miner with two files of its own. */
function release(version: string, changes: object = {}): string {
  const path = folder.file(`miner-${version}`);
  mkdirSync(join(path, 'bin'), { recursive: true });
  writeFileSync(join(path, 'bin/node'), 'the same in all');
  chmodSync(join(path, 'bin/node'), 0o755);
  writeFileSync(join(path, 'main.js'), `version ${version}`);
  const builtAt = `2026-01-0${version.split('.')[1]}T00:00:00.000Z`;
  const info = {
    app: 'miner',
    version,
    healthVersion: version,
    commit: 'c',
    builtAt,
    nodeVersion: 'v24',
    migrates: false,
  };
  writeFileSync(join(path, 'release.json'), JSON.stringify({ ...info, platform: PLATFORM, ...changes }));
  writeChecksums(path);
  return path;
}

const installed = () => readdirSync(layout.releases).sort();
const inode = (name: string) => statSync(join(layout.releases, name)).ino;

describe('a release that is put beside the others', () => {
  it('is there as it was built, out of a folder or an archive', async () => {
    await stage(layout, release('1.1.0'));
    release('1.2.0');
    const archived = await stage(layout, await packRelease(folder.path, 'miner-1.2.0'));
    expect(installed()).toEqual(['miner-1.1.0', 'miner-1.2.0']);
    expect(archived).toMatchObject({ app: 'miner', version: '1.2.0', folder: join(layout.releases, 'miner-1.2.0') });
    expect(readFileSync(join(archived.folder, 'main.js'), 'utf8')).toBe('version 1.2.0');
    expect(statSync(join(archived.folder, 'bin/node')).mode & 0o777).toBe(0o755);
  });

  it('shares its files with the one that serves, unless that was changed since', async () => {
    const serving = await stage(layout, release('1.1.0'));
    releases.switchTo(serving);
    await stage(layout, release('1.2.0'));
    expect(inode('miner-1.2.0/bin/node')).toBe(inode('miner-1.1.0/bin/node'));
    expect(inode('miner-1.2.0/main.js')).not.toBe(inode('miner-1.1.0/main.js'));

    const node = join(serving.folder, 'bin/node');
    rmSync(node);
    writeFileSync(node, 'something else!', { mode: 0o755 });
    const next = await stage(layout, release('1.3.0'));
    expect(readFileSync(join(next.folder, 'bin/node'), 'utf8')).toBe('the same in all');
  });

  it.each<[string, (path: string) => void, string]>([
    ['of which a file was changed', (path) => writeFileSync(join(path, 'main.js'), 'evil'), 'main.js was changed'],
    ['of which a file is missing', (path) => rmSync(join(path, 'main.js')), 'main.js is missing'],
    ['without checksums', (path) => rmSync(join(path, 'SHA256SUMS')), 'has no SHA256SUMS'],
    ['that does not say what it is', (path) => writeFileSync(join(path, 'release.json'), '{'), 'is no release'],
  ])('and %s is refused, and leaves nothing', async (_what, spoil, reason) => {
    const path = release('1.1.0');
    spoil(path);
    await expect(stage(layout, path)).rejects.toThrow(reason);
    expect(installed()).toEqual([]);
  });

  it('is refused for another platform, and as another build of a version that is there', async () => {
    const foreign = release('1.1.0', { platform: 'plan9-mips' });
    await expect(stage(layout, foreign)).rejects.toThrow(`is for plan9-mips, and this machine is ${PLATFORM}`);
    await stage(layout, release('1.2.0'));
    await stage(layout, folder.file('miner-1.2.0'));
    await expect(stage(layout, release('1.2.0', { commit: 'other' }))).rejects.toThrow('is another build');
  });
});

describe('the releases of an application', () => {
  it('are removed beyond those that are kept, but never what serves or served before', async () => {
    const all = [];
    for (const version of ['1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'])
      all.push(await stage(layout, release(version)));
    const [first, second] = all;
    if (!first || !second) throw new Error('there are five');
    releases.switchTo(first);
    releases.switchTo(second);
    expect(releases.previous('miner')?.version).toBe('1.1.0');
    expect(releases.prune('miner', 3).map(({ version }) => version)).toEqual(['1.4.0', '1.3.0']);
    expect(installed()).toEqual(['miner-1.1.0', 'miner-1.2.0', 'miner-1.5.0']);
    expect(releases.current('miner')?.version).toBe('1.2.0');
  });
});
