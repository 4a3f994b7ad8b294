import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { configPath, readLogin, writeLogin } from './config-file';
import { connectionOf } from './settings';

const folder = temporaryFolder();
const home = { HOME: folder.path };
const stored = { url: 'https://stored.example', agentUrl: 'https://agents.example', key: 'stored-key' };
/** The connection to one address for all, or to two, with one key or without any. */
const to = (url: string, key?: string, agentUrl = url) => {
  const withKey = key === undefined ? {} : { key };
  return { coordinator: { url, ...withKey }, agents: { url: agentUrl, ...withKey } };
};
const toStored = to(stored.url, stored.key, stored.agentUrl);

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

  it('has one URL for all when it was kept before there were two', () => {
    const path = folder.file('earlier.json');
    writeFileSync(path, '{"url": "https://a.example", "key": "k"}');
    expect(readLogin(path)).toEqual({ url: 'https://a.example', agentUrl: 'https://a.example', key: 'k' });
  });

  it.each([
    ...['', '{', '[]', '{"url": "https://a.example"}'],
    '{"url": "https://a.example", "agent_url": 1, "key": "k"}',
  ])('says what to do when the file holds %j', (text) => {
    const path = folder.file('broken.json');
    writeFileSync(path, text);
    expect(() => readLogin(path)).toThrow(`${path} does not hold a login.`);
  });
});

describe('the connection', () => {
  const nobody = { HOME: folder.file('nobody') };
  beforeAll(() => writeLogin(configPath(home), stored));

  it('is the stored one when nothing else is said, and the local platform without a login', () => {
    expect(connectionOf({}, home)).toEqual(toStored);
    const local = to('http://127.0.0.1:8011', undefined, 'http://127.0.0.1:8012');
    expect(connectionOf({}, nobody)).toEqual(local);
    expect(connectionOf({ key: 'k' }, nobody)).toEqual(to(local.coordinator.url, 'k', local.agents.url));
  });

  it('is what flags say, then variables, then the login', () => {
    const variables = { ...home, AITBC_URL: 'https://variable.example', AITBC_KEY: 'variable-key' };
    expect(connectionOf({}, variables)).toEqual(to('https://variable.example', 'variable-key'));
    expect(connectionOf({ key: 'flag-key' }, variables)).toEqual(to('https://variable.example', 'flag-key'));
    const byVariable = { ...variables, AITBC_AGENT_URL: 'https://variable.example/agents/' };
    const agentUrl = 'https://variable.example/agents';
    expect(connectionOf({}, byVariable)).toEqual(to('https://variable.example', 'variable-key', agentUrl));
    const flags = { url: 'https://flag.example', agentUrl: 'https://flag.example:8443' };
    expect(connectionOf(flags, byVariable)).toEqual(to(flags.url, 'variable-key', flags.agentUrl));
    expect(connectionOf({}, { ...home, AITBC_KEY: 'other' })).toEqual(to(stored.url, 'other', stored.agentUrl));
    expect(connectionOf({}, { ...home, AITBC_URL: '', AITBC_AGENT_URL: '', AITBC_KEY: '' })).toEqual(toStored);
  });

  it('has one address for all when only that is named', () => {
    expect(connectionOf({ url: 'http://127.0.0.1:8011' }, nobody)).toEqual(to('http://127.0.0.1:8011'));
    expect(connectionOf({ url: stored.url }, home)).toEqual(toStored);
    const elsewhere = { agentUrl: 'http://127.0.0.1:9' };
    expect(connectionOf(elsewhere, nobody)).toEqual(to('http://127.0.0.1:8011', undefined, 'http://127.0.0.1:9'));
  });

  it('never has the stored key go to another address than those which it belongs to', () => {
    expect(connectionOf({ url: 'https://other.example' }, home)).toEqual(to('https://other.example'));
    expect(connectionOf({ url: 'http://stored.example' }, home)).toEqual(to('http://stored.example'));
    expect(connectionOf({ url: 'HTTPS://STORED.example/' }, home)).toEqual(toStored);
    const { coordinator, agents } = toStored;
    const other = { url: 'https://other.example' };
    expect(connectionOf({ agentUrl: other.url }, home)).toEqual({ coordinator, agents: other });
    expect(connectionOf({ ...other, agentUrl: stored.agentUrl }, home)).toEqual({ coordinator: other, agents });
  });

  it('needs no sound file when both URL and key are given', () => {
    const broken = { HOME: folder.file('broken-home') };
    mkdirSync(dirname(configPath(broken)), { recursive: true });
    writeFileSync(configPath(broken), '{');
    const given = { url: 'https://a.example/base', key: 'k' };
    expect(connectionOf(given, broken)).toEqual(to(given.url, given.key));
    expect(() => connectionOf({ key: 'k' }, broken)).toThrow('does not hold a login');
  });

  it.each(['localhost:8011', 'ftp://a.example', 'http://', 'http://me:pw@a.example', 'http://a.example/?x=1', '/x'])(
    'refuses %s as a URL',
    (url) => {
      expect(() => connectionOf({ url }, home)).toThrow(`'${url}' is not the URL of a platform.`);
      expect(() => connectionOf({ agentUrl: url }, home)).toThrow(`'${url}' is not the URL of a platform.`);
    },
  );

  it.each(['a b', 'a\nb', 'schlüssel'])('refuses the key %j, which no header may hold', (key) => {
    expect(() => connectionOf({ key }, home)).toThrow('A key has no blanks');
  });
});
