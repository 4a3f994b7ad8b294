import { symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { environmentFor } from './environment';
import { codeBlocks } from './markdown';
import { run, Server } from './program';
import { readWorkspaceFile, workspaceRoot } from './workspace';

const page = readWorkspaceFile('docs/importing-shared-domain.md');
/** What step 2 of the page installs beside the library; linked here, so that the test needs no network. */
const INSTALLED = ['express', 'reflect-metadata', 'sqlite3', 'typeorm', '@types/express', '@types/node'];

/** Follows docs/importing-shared-domain.md in a folder outside the repository. */
describe('the domain in an app outside this repository', () => {
  let folder: TemporaryFolder;
  let env: Record<string, string>;
  const here = () => ({ cwd: folder.path, env });

  beforeAll(async () => {
    folder = temporaryFolder();
    env = environmentFor({ npm_config_cache: folder.file('npm-cache'), npm_config_update_notifier: 'false' });
    await install();
    for (const { introduction, text } of codeBlocks(page)) {
      const [, name] = /^`([\w.]+)`:$/.exec(introduction) ?? [];
      if (name !== undefined) writeFileSync(folder.file(name), text);
    }
  }, 60_000);

  afterAll(() => folder.remove());

  /** `--legacy-peer-deps`: npm would fetch the peers, which `npm ls` below finds in their places all the same. */
  async function install(): Promise<void> {
    const library = join(workspaceRoot, 'dist/libs/shared-domain');
    const packed = await run('npm', ['pack', library, '--json', '--pack-destination', folder.path], here());
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    expect(page).toContain(filename);
    writeFileSync(folder.file('package.json'), JSON.stringify({ name: 'outside', private: true }));
    const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags, `./${filename}`], here());
    for (const name of INSTALLED) await link(name);
  }

  async function link(name: string): Promise<void> {
    const place = folder.file(join('node_modules', name));
    await mkdir(dirname(place), { recursive: true });
    symlinkSync(join(workspaceRoot, 'node_modules', name), place);
  }

  it('has peers that fit, and one TypeORM', async () => {
    // Fails (ELSPROBLEMS) when a peer is missing or of another version than the library asks for.
    const listed = JSON.parse(await run('npm', ['ls', 'typeorm', 'reflect-metadata', '--json'], here())) as unknown;
    expect(listed).toEqual({
      name: 'outside',
      dependencies: {
        '@aitbc/shared-domain': expect.objectContaining({
          dependencies: { typeorm: expect.anything(), 'reflect-metadata': expect.anything() },
        }),
      },
    });
  });

  it('type-checks, runs, and keeps agents in SQLite', async () => {
    await run(process.execPath, [join(workspaceRoot, 'node_modules/typescript/bin/tsc')], here());
    const app = Server.node(['build/app.js'], {
      ...here(),
      env: { ...env, PORT: '0', DATABASE_FILE: folder.file('agents.db') },
    });
    try {
      const url = await app.expectLine(/^(http:\S+)$/);
      const calls = codeBlocks(page).find(({ text }) => text.startsWith('curl '))?.text ?? '';
      const answers = await run('bash', ['-ec', calls.replaceAll('http://127.0.0.1:3000', url)], here());
      const [created, read] = answers
        .replace('}{', '}\n{')
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(created).toEqual({ id: 'agent-7' });
      expect(read).toEqual({
        id: 'agent-7',
        name: 'Reader',
        capabilities: ['text-analysis'],
        publicKey: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
        lifecycle: 'registered',
        status: 'available',
        createdAt: expect.any(Number),
      });
      expect((await fetch(`${url}/agents/absent`)).status).toBe(404);
    } finally {
      await app.stop();
    }
  }, 60_000);
});
