import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { withLogContext } from '../logging/log-context';
import { waitFor } from '../testing/wait-for';
import { ServiceConnection, type ServiceConnectionOptions } from './service-connection';

const AWAY = { code: 'dependency_unavailable', retryAfterSeconds: 1 };
const never = (): void => undefined;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a connection to another service', () => {
  const requests: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let answers: ((response: ServerResponse) => void)[];
  let server: Server;
  let url: string;

  const answer =
    (status: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse) => {
      response.writeHead(status, headers).end(JSON.stringify({ status }));
    };
  const breakOff = (response: ServerResponse): void => void response.destroy();

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        (answers.shift() ?? answer(200))(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thing`;
  });
  beforeEach(() => {
    requests.length = 0;
    answers = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  let tokens = 0;
  const connection = (options: Partial<ServiceConnectionOptions> = {}) =>
    new ServiceConnection({
      service: 'the other',
      token: () => Promise.resolve(`t${(tokens += 1)}`),
      backoffMs: 1,
      ...options,
    });
  const get = (connected: ServiceConnection, init: RequestInit = {}) => connected.fetch()(new Request(url, init));

  it('sends a token of the moment, and the request and trace of whoever asks', async () => {
    const one = connection();
    await withLogContext({ request_id: 'req_1' }, () => get(one));
    await get(one);
    const [first, second] = requests.map(({ headers }) => headers);
    expect(first).toMatchObject({ authorization: `Bearer t${tokens - 1}`, 'x-request-id': 'req_1' });
    expect(second?.authorization).toBe(`Bearer t${tokens}`);
    expect(second?.['x-request-id']).toBeUndefined();
  });

  it.each([
    ['breaks off', breakOff],
    ['is in front of nobody', answer(502)],
    ['stops', answer(503, { 'retry-after': '0' })],
  ])('asks again what may be asked again when the service %s', async (_, failure) => {
    answers = [failure, failure];
    expect((await get(connection())).status).toBe(200);
    expect(requests).toHaveLength(3);
    requests.length = 0;
    answers = [failure];
    const put = await get(connection(), { method: 'PUT', body: '{"n":1}' });
    expect(put.status).toBe(200);
    expect(requests.map(({ body }) => body)).toEqual(['{"n":1}', '{"n":1}']);
  });

  it('sends once what may not', async () => {
    answers = [breakOff];
    await expect(get(connection(), { method: 'POST', body: '{}' })).rejects.toMatchObject(AWAY);
    answers = [answer(503)];
    expect((await get(connection(), { method: 'POST', body: '{}' })).status).toBe(503);
    expect(requests).toHaveLength(2);
  });

  it('gives whatever is answered in the end, and takes a refusal for an answer', async () => {
    answers = [answer(503), answer(503), answer(503)];
    expect((await get(connection())).status).toBe(503);
    answers = [answer(422)];
    expect((await get(connection())).status).toBe(422);
    expect(requests).toHaveLength(4);
  });

  it('waits for so long, and longer for what is held back', async () => {
    const hurried = connection({ timeoutMs: 50, tries: 1 });
    answers = [never];
    await expect(get(hurried)).rejects.toMatchObject({ ...AWAY, message: 'the other does not answer' });
    answers = [(response) => void setTimeout(() => answer(200)(response), 200)];
    expect((await hurried.fetch(20)(new Request(url))).status).toBe(200);
  });

  it('waits so long for the head of a stream alone', async () => {
    const hurried = connection({ timeoutMs: 2_000, tries: 1 });
    const stream = (options?: RequestInit) => hurried.fetch(0, { stream: true })(new Request(url, options));
    answers = [never];
    await expect(stream()).rejects.toMatchObject({ ...AWAY, message: 'the other does not answer' });
    const slow = (response: ServerResponse): void => {
      response.writeHead(200).write('begin');
      setTimeout(() => response.end(' end'), 2_500);
    };
    answers = [slow];
    expect(await (await stream()).text()).toBe('begin end');
    const gone = new AbortController();
    answers = [(response) => void response.writeHead(200).write('begin')];
    const left = await stream({ signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(left.text()).rejects.toThrow('gone');
  });

  it('sends nothing for a while after failures in a row, and then one request to see', async () => {
    const fragile = connection({ tries: 1, breakerFailures: 3, breakerOpenMs: 3_000 });
    answers = [breakOff, answer(503), breakOff];
    await expect(get(fragile)).rejects.toMatchObject(AWAY);
    await get(fragile);
    await expect(get(fragile)).rejects.toMatchObject(AWAY);
    await expect(get(fragile)).rejects.toMatchObject({ ...AWAY, message: 'the other has not answered for some time' });
    expect(requests).toHaveLength(3);
    const isBack = () =>
      get(fragile).then(
        ({ status }) => status === 200,
        () => false,
      );
    await waitFor(isBack);
    expect(requests).toHaveLength(4);
    expect((await get(fragile)).status).toBe(200);
  });

  describe('when a long poll is the first to ask after an outage', () => {
    const OPEN_MS = 50;
    const afterAnOutage = async (): Promise<ServiceConnection> => {
      const fragile = connection({ tries: 1, breakerFailures: 1, breakerOpenMs: OPEN_MS });
      answers = [breakOff];
      await expect(get(fragile)).rejects.toMatchObject(AWAY);
      await new Promise((resolve) => setTimeout(resolve, OPEN_MS + 10));
      requests.length = 0;
      return fragile;
    };

    it('does not let the others wait for its answer', async () => {
      const fragile = await afterAnOutage();
      const leaving = new AbortController();
      answers = [answer(200), never];
      const polled = fragile.fetch(60)(new Request(url, { signal: leaving.signal }));
      await waitFor(() => requests.length === 2);
      expect((await get(fragile)).status).toBe(200);
      expect(requests.map(({ url: asked }) => asked)).toEqual(['/health', '/thing', '/thing']);
      leaving.abort(new Error('gone'));
      await expect(polled).rejects.toThrow('gone');
    });

    it.each([
      ['nobody', breakOff],
      ['somebody in between', answer(502)],
    ])('does not send it while %s answers', async (_, failure) => {
      const fragile = await afterAnOutage();
      answers = [failure];
      const polled = fragile.fetch(60)(new Request(url));
      await expect(polled).rejects.toMatchObject(AWAY);
      expect(requests.map(({ url: asked }) => asked)).toEqual(['/health']);
    });

    it('does not take a caller that left meanwhile for an outage', async () => {
      const fragile = await afterAnOutage();
      answers = [never];
      const gone = new AbortController();
      const polled = fragile.fetch(60)(new Request(url, { signal: gone.signal }));
      await waitFor(() => requests.length === 1);
      gone.abort(new Error('gone'));
      await expect(polled).rejects.toThrow('gone');
      expect((await get(fragile)).status).toBe(200);
    });
  });

  it('stops with whoever asks, which is no failure of the service', async () => {
    const fragile = connection({ breakerFailures: 1 });
    answers = [never];
    const gone = new AbortController();
    const asking = get(fragile, { signal: gone.signal });
    setTimeout(() => gone.abort(new Error('gone')), 20);
    await expect(asking).rejects.toThrow('gone');
    expect((await get(fragile)).status).toBe(200);
  });

  it.each([
    ['the caller', { timeoutMs: 60_000 }, { message: 'gone' }],
    ['the time limit', { timeoutMs: 400 }, AWAY],
  ])('still ends by %s after a collection of garbage', async (who, options, expected) => {
    answers = [never];
    const caller = new AbortController();
    const ended = expect(get(connection(options), { signal: caller.signal })).rejects.toMatchObject(expected);
    await waitFor(() => requests.length === 1);
    collectGarbage();
    if (who === 'the caller') caller.abort(new Error('gone'));
    await ended;
  });

  it('follows nobody elsewhere', async () => {
    answers = [answer(302, { location: 'http://127.0.0.1:1/' })];
    await expect(get(connection({ tries: 1 }))).rejects.toMatchObject(AWAY);
  });
});
