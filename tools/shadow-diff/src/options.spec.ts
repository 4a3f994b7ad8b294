import { temporaryFolder } from '@aitbc/shared-core/testing';
import { writeFileSync } from 'node:fs';
import { readOptions, UsageError } from './options';

const SIDES = ['--release', 'http://127.0.0.1:8010', '--service', 'http://127.0.0.1:8012/'];

describe('the command line', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('needs both sides only', () => {
    expect(readOptions(SIDES)).toEqual({
      release: 'http://127.0.0.1:8010',
      service: 'http://127.0.0.1:8012',
      host: '127.0.0.1',
      port: 8015,
      out: undefined,
      prefix: '/api/v1/agent/',
      releasePaths: undefined,
      allowances: [],
      queue: 1_000,
      concurrency: 4,
      timeoutMs: 2_000,
      rereads: 3,
      failOnDifference: false,
    });
  });

  it('may ask for help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it('reads the files that it names', () => {
    const [releases, allow] = [folder.file('releases.json'), folder.file('allow.json')];
    writeFileSync(releases, '{"monolith":{"paths":["/a"]}}');
    writeFileSync(allow, '[{"route":"*","kind":"status","reason":"why not"}]');
    const options = readOptions([...SIDES, '--releases', releases, '--allow', allow, '--prefix', '/x']);
    expect(options).toMatchObject({ releasePaths: ['/a'], allowances: [{ reason: 'why not' }], prefix: '/x/' });
    expect(() => readOptions([...SIDES, '--releases', releases, '--release-name', 'toString'])).toThrow('no release');
    expect(() => readOptions([...SIDES, '--allow', releases])).toThrow('it is no list');
  });

  it.each<[string[], string]>([
    [[], '--release is missing'],
    [SIDES.slice(0, 2), '--service is missing'],
    [['--release', 'ftp://x', ...SIDES.slice(2)], "--release 'ftp://x': not of the form"],
    [['--release', 'http://u:p@x', ...SIDES.slice(2)], 'not of the form'],
    [['--release', 'http://x/api', ...SIDES.slice(2)], 'not of the form'],
    [[...SIDES, '--port', '70000'], "--port '70000': not a whole number from 0 to 65535"],
    [[...SIDES, '--queue', '0'], '--queue'],
    [[...SIDES, '--timeout', '1.5'], '--timeout'],
    [[...SIDES, '--rereads', '-1'], '--rereads'],
    [[...SIDES, '--prefix', 'api'], '--prefix api'],
    [[...SIDES, '--allow', '/nowhere/allow.json'], 'ENOENT'],
    [[...SIDES, '--unknown'], '--unknown'],
    [[...SIDES, 'stray'], 'stray'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
