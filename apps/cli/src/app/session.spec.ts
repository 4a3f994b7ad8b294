import { FakeService } from '../testing/fake-service';
import { runHere } from '../testing/run-here';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a command', () => {
  const empty = () => [200, { items: [], next_cursor: null }] as const;
  const coordinator = new FakeService(empty);
  const agents = new FakeService(empty);

  beforeAll(() => Promise.all([coordinator.start(), agents.start()]));
  beforeEach(() => void [...coordinator.calls(), ...agents.calls()]);
  afterAll(() => {
    coordinator.stop();
    agents.stop();
  });

  it.each([
    [TRACEPARENT, TRACEPARENT],
    ['nonsense\nx-injected: 1', undefined],
    ['', undefined],
  ])('is a part of the trace that TRACEPARENT names, if it names one: %j', async (given, sent) => {
    const environment = { AITBC_URL: coordinator.url, AITBC_KEY: 'key', TRACEPARENT: given };
    expect(await runHere(['jobs', 'list'], environment)).toMatchObject({ code: 0 });
    expect(coordinator.asked.at(-1)?.headers['traceparent']).toBe(sent);
  });

  it.each([
    [['agents', 'list'], '/api/v1/agent/agents'],
    [['workflows', 'list', '--limit', '2'], '/api/v1/agent/workflows?limit=2'],
    [['executions', 'list'], '/api/v1/agent/executions'],
    [['webhooks', 'list'], '/api/v1/agent/webhooks'],
    [['receipt', 'get', 'exec_1'], '/api/v1/agent/executions/exec_1/receipt'],
  ])('about agents asks where they are: %j', async (args, path) => {
    const environment = { AITBC_URL: coordinator.url, AITBC_AGENT_URL: agents.url, AITBC_KEY: 'key' };
    expect(await runHere(args, environment)).toMatchObject({ code: 0 });
    expect(agents.calls()).toEqual([`GET ${path} with key`]);
    expect(coordinator.calls()).toEqual([]);
    expect(await runHere(args, { AITBC_URL: coordinator.url, AITBC_KEY: 'key' })).toMatchObject({ code: 0 });
    expect(coordinator.calls()).toEqual([`GET ${path} with key`]);
  });

  it.each([
    [['jobs', 'list'], '/api/v1/jobs'],
    [['miners', 'list'], '/api/v1/miners'],
    [['keys', 'list'], '/api/v1/admin/api-keys'],
    [['receipt', 'jwks'], '/.well-known/jwks.json'],
  ])('about all else asks the coordinator: %j', async (args, path) => {
    const options = ['--url', coordinator.url, '--agent-url', agents.url, '--key', 'key'];
    expect(await runHere([...args, ...options], {})).toMatchObject({ code: 0 });
    expect(coordinator.calls()).toEqual([`GET ${path} with key`]);
    expect(agents.calls()).toEqual([]);
  });

  it('names the option of the address where nothing answers', async () => {
    const gone = await new FakeService(empty).start();
    const alone = { AITBC_URL: gone.url, AITBC_KEY: 'key' };
    const environment = { AITBC_URL: coordinator.url, AITBC_AGENT_URL: gone.url, AITBC_KEY: 'key' };
    gone.stop();
    const failed = await runHere(['agents', 'register', '--public-key', 'x'], environment);
    expect(failed).toMatchObject({ code: 7, stderr: expect.stringContaining('by --agent-url or AITBC_AGENT_URL.') });
    const both = await runHere(['agents', 'register', '--public-key', 'x'], alone);
    expect(both).toMatchObject({ code: 7, stderr: expect.stringContaining('by --url or AITBC_URL.') });
  });
});
