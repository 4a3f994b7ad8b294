import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpConfiguration } from './nginx/files';
import { routedReleases } from './releases';

const folder = mkdtempSync(join(tmpdir(), 'aitbc-test-'));
const FILE = join(folder, 'releases.json');
const MONOLITH = { port: 8010, paths: ['/api/v1/agent/agents', '/openapi.json'] };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function releases(content: object, addresses: Record<string, string> = {}) {
  writeFileSync(FILE, JSON.stringify(content));
  return routedReleases(FILE, addresses);
}

describe('the releases of a router', () => {
  it('are on this machine at their own port unless told otherwise', () => {
    const both = { monolith: MONOLITH, 'agents-1': { ...MONOLITH, port: 8022 } };
    const found = releases(both, { 'agents-1': 'other.host:80' });
    expect(found.map(({ name, address }) => [name, address])).toEqual([
      ['monolith', '127.0.0.1:8010'],
      ['agents-1', 'other.host:80'],
    ]);
  });

  it.each([
    ['has no port', { monolith: { paths: ['/a'] } }],
    ['has a name that nginx would read otherwise', { 'Mono lith': MONOLITH }],
    ['has a path that nginx would read otherwise', { monolith: { port: 1, paths: ['/a(b'] } }],
  ])('are refused when one %s', (_what, content) => {
    expect(() => releases(content)).toThrow(/is not as it must be/);
  });

  it('are refused when an address is given for one that is not there', () => {
    expect(() => releases({ monolith: MONOLITH }, { other: '127.0.0.1:1' })).toThrow(/has no release 'other'/);
  });

  it('are each an upstream, with a variable for what they do not serve', () => {
    const both = releases({ monolith: MONOLITH, 'agents-1': { ...MONOLITH, port: 8022 } });
    const address = '127.0.0.1:1';
    const text = httpConfiguration({
      ...{ folder: '/router', listen: address, coordinator: address, agentManagement: address, shadow: address },
      releases: both,
    });
    expect(text).toContain('upstream aitbc_agents-1 {');
    expect(text).toContain('"~^release-agents-1(?:/[^/]*){1}/(?:/|$)" aitbc_agents-1;');
    expect(text).toContain('map $uri $aitbc_beyond_agents_1 {');
    expect(text).toContain('"~^(?:/api/v1/agent/agents|/openapi\\.json)(?:/|$)" "";');
    expect(text).toContain('if (-f "/router/ways/current/releases/agents-1/$aitbc_bucket")');
  });

  it('can be none: then there is nothing but the service', () => {
    const address = '127.0.0.1:1';
    const agentManagement = '127.0.0.1:2';
    const text = httpConfiguration({
      ...{ folder: '/router', listen: address, coordinator: address, agentManagement, shadow: address },
      releases: [],
    });
    // Of the way through the coordinator; the service itself has nobody behind it.
    expect(text.match(/.*backup;/g)).toEqual(['  server 127.0.0.1:2 backup;']);
    expect(text).toMatch(/upstream aitbc_proxy \{[^}]*127\.0\.0\.1:2 backup;/);
    expect(text).not.toContain('releases/');
  });
});
