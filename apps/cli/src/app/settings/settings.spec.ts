import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { configPath, readLogin, writeLogin } from './config-file';
import { connectionOf } from './settings';

const folder = temporaryFolder();
const home = { HOME: folder.path };
const stored = { url: 'https://stored.example', key: 'stored-key' };

afterAll(() => folder.remove());

describe('the stored login', () => {
  it('is in the home folder, or where XDG_CONFIG_HOME says with an absolute path', () => {
    expect(configPath({ HOME: '/home/me' })).toBe('/home/me/.config/aitbc/config.json');
    expect(configPath({ HOME: '/home/me', XDG_CONFIG_HOME: '/etc/me' })).toBe('/etc/me/aitbc/config.json');
    expect(configPath({ HOME: '/home/me', XDG_CONFIG_HOME: 'here' })).toBe('/home/me/.config/aitbc/config.json');
  });

  it('is absent before the first login', () => {
    expect(readLogin(folder.file('none/config.json'))).toBeUndefined();
  });

  it('is for its owner only, also when others could read what was there before', () => {
    const path = folder.file('open/config.json');
    mkdirSync(dirname(path));
    writeFileSync(path, '{}', { mode: 0o644 });
    writeFileSync(`${path}.${process.pid}`, '{}', { mode: 0o644 });
    writeLogin(path, stored);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readLogin(path)).toEqual(stored);
  });

  it.each(['', '{', '[]', '{"url": "https://a.example"}'])('says what to do when the file holds %j', (text) => {
    const path = folder.file('broken.json');
    writeFileSync(path, text);
    expect(() => readLogin(path)).toThrow(`${path} does not hold a login.`);
  });
});

describe('the connection', () => {
  beforeAll(() => writeLogin(configPath(home), stored));

  it('is the stored one when nothing else is said, and the local platform without a login', () => {
    expect(connectionOf({}, home)).toEqual(stored);
    expect(connectionOf({}, { HOME: folder.file('nobody') })).toEqual({ url: 'http://127.0.0.1:8011' });
  });

  it('is what flags say, then variables, then the login', () => {
    const variables = { ...home, AITBC_URL: 'https://variable.example', AITBC_KEY: 'variable-key' };
    expect(connectionOf({}, variables)).toEqual({ url: 'https://variable.example', key: 'variable-key' });
    expect(connectionOf({ key: 'flag-key' }, variables)).toEqual({ url: 'https://variable.example', key: 'flag-key' });
    expect(connectionOf({}, { ...home, AITBC_KEY: 'variable-key' })).toEqual({ ...stored, key: 'variable-key' });
    expect(connectionOf({}, { ...home, AITBC_URL: '', AITBC_KEY: '' })).toEqual(stored);
  });

  it('never has the stored key go to another platform than that which it belongs to', () => {
    expect(connectionOf({ url: 'https://other.example' }, home)).toEqual({ url: 'https://other.example' });
    expect(connectionOf({ url: 'http://stored.example' }, home)).toEqual({ url: 'http://stored.example' });
    expect(connectionOf({ url: 'HTTPS://STORED.example/' }, home)).toEqual(stored);
  });

  it('needs no sound file when both URL and key are given', () => {
    const broken = { HOME: folder.file('broken-home') };
    mkdirSync(dirname(configPath(broken)), { recursive: true });
    writeFileSync(configPath(broken), '{');
    const given = { url: 'https://a.example/base', key: 'k' };
    expect(connectionOf(given, broken)).toEqual(given);
    expect(() => connectionOf({ key: 'k' }, broken)).toThrow('does not hold a login');
  });

  it.each(['localhost:8011', 'ftp://a.example', 'http://', 'http://me:pw@a.example', 'http://a.example/?x=1', '/x'])(
    'refuses %s as a URL',
    (url) => expect(() => connectionOf({ url }, home)).toThrow(`'${url}' is not the URL of a platform.`),
  );

  it.each(['a b', 'a\nb', 'schlüssel'])('refuses the key %j, which no header may hold', (key) => {
    expect(() => connectionOf({ key }, home)).toThrow('A key has no blanks');
  });
});
