import { existsSync, readFileSync } from 'node:fs';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { type FakeAnswer, FakeService } from '../../testing/fake-service';
import { runHere } from '../../testing/run-here';

const KINDS: FakeAnswer = [200, { items: [], next_cursor: null }];
const NO_ROUTE: FakeAnswer = [404, { title: 'Not found', detail: 'there is no such route' }];

describe('a login at two addresses', () => {
  const folder = temporaryFolder();
  const environment = (home: string) => ({ HOME: folder.file(home), AITBC_KEY: 'key' });
  const configOf = (home: string) => folder.file(`${home}/.config/aitbc/config.json`);
  let ofAgents: FakeAnswer;
  const coordinator = new FakeService(({ url }) => (url?.startsWith('/api/v1/agent/') ? NO_ROUTE : KINDS));
  const agents = new FakeService(() => ofAgents);

  beforeAll(() => Promise.all([coordinator.start(), agents.start()]));
  beforeEach(() => {
    ofAgents = KINDS;
    void [...coordinator.calls(), ...agents.calls()];
  });
  afterAll(async () => {
    coordinator.stop();
    agents.stop();
    await folder.remove();
  });

  it('asks both, and keeps both, so that later commands go to each', async () => {
    const args = ['login', '--url', coordinator.url, '--agent-url', agents.url];
    const login = await runHere(args, environment('both'));
    const good = `The key is good for ${coordinator.url} and ${agents.url}.`;
    expect(login).toMatchObject({ code: 0, stdout: expect.stringContaining(good) });
    const kept = { url: coordinator.url, agent_url: agents.url, key: 'key' };
    expect(JSON.parse(readFileSync(configOf('both'), 'utf8'))).toEqual(kept);
    expect(await runHere(['agents', 'list'], { HOME: folder.file('both') })).toMatchObject({ code: 0 });
    expect(await runHere(['jobs', 'list'], { HOME: folder.file('both') })).toMatchObject({ code: 0 });
    const paths = ['services', 'agents'].map((path) => `GET /api/v1/agent/${path} with key`);
    expect(agents.calls()).toEqual(paths);
    expect(coordinator.calls()).toEqual(['services', 'jobs'].map((path) => `GET /api/v1/${path} with key`));
  });

  it('keeps nothing while no agents are served at the one, and says how to name it', async () => {
    const login = await runHere(['login', '--url', coordinator.url], environment('one'));
    expect(login).toMatchObject({ code: 7, stdout: '' });
    expect(login.stderr).toMatch(/serves no agents\.\nGive their address too, as in --agent-url /);
    expect(existsSync(configOf('one'))).toBe(false);
  });

  it.each<[string, FakeAnswer, number]>([
    ['takes the key of a miner, who may ask nothing about agents', [403, { title: 'Not allowed' }], 0],
    ['keeps no key that only one of them takes', [401, { title: 'Unauthenticated' }], 4],
  ])('%s', async (home, answer, code) => {
    ofAgents = answer;
    const args = ['login', '--url', coordinator.url, '--agent-url', agents.url];
    expect(await runHere(args, environment(home))).toMatchObject({ code });
    expect(existsSync(configOf(home))).toBe(code === 0);
  });
});
