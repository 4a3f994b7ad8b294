import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { processEnvironment } from '../config/environment';
import { GuardedHttpClient, type GuardedClientOptions } from './guarded-client';
import { selfSigned } from './testing/self-signed';

const LOOPBACK = ['127.0.0.1/32'];
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serve = (handler: RequestListener) => listen(http.createServer(handler));

function client(changes: Partial<GuardedClientOptions> = {}): GuardedHttpClient {
  const limits = { connectTimeoutMs: 10_000, timeoutMs: 20_000, maxBodyBytes: 1_000 };
  return new GuardedHttpClient({ allowedNetworks: LOOPBACK, allowHttp: true, ...limits, ...changes });
}

const get = (url: string) => ({ method: 'GET', url }) as const;

describe('the client for URLs that users chose', () => {
  it('sends what it is given, and gives status, headers and body', async () => {
    const seen: unknown[] = [];
    const port = await serve((req, res) => {
      req.setEncoding('utf8').on('data', (body) => seen.push(req.method, req.url, req.headers, body));
      req.on('end', () => res.writeHead(202, { 'x-answer': 'yes' }).end('taken'));
    });
    const headers = { 'content-type': 'text/plain', 'webhook-id': 'x' };
    const url = `http://127.0.0.1:${port}/a?b=c`;
    const response = await client().send({ method: 'POST', url, headers, body: 'Grüße' });
    expect(response).toMatchObject({ status: 202, body: 'taken', headers: { 'x-answer': 'yes' } });
    const received = { ...headers, host: `127.0.0.1:${port}`, 'content-length': '7' };
    expect(seen).toEqual(['POST', '/a?b=c', expect.objectContaining(received), 'Grüße']);
  });

  it.each([
    ['another scheme', 'ftp://example.org/'],
    ['a file', 'file:///etc/hosts'],
    ['no URL', 'example.org'],
    ['a user', 'https://me@example.org/'],
    ['a password', 'https://:secret@example.org/'],
    ['loopback', 'http://127.0.0.1/'],
    ['loopback as a number', 'http://2130706433/'],
    ['loopback in hexadecimal', 'http://0x7f000001/'],
    ['loopback in octal', 'http://0177.0.0.1/'],
    ['loopback cut short', 'http://127.1/'],
    ['loopback in other digits', 'http://①②⑦.0.0.1/'],
    ['loopback, IPv6', 'http://[::1]/'],
    ['mapped loopback', 'http://[::ffff:127.0.0.1]/'],
    ['metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', 'https://10.0.0.1:8443/'],
    ['this network', 'http://0/'],
  ])('refuses %s before anything is sent', async (_what, url) => {
    const guarded = client({ allowedNetworks: [] });
    expect(guarded.problemOf(url)).toMatch(/^must /);
    await expect(guarded.send(get(url))).rejects.toMatchObject({ failure: 'refused' });
  });

  it('takes http only where it is allowed', () => {
    expect(client().problemOf('http://example.org/')).toBeUndefined();
    expect(client({ allowHttp: false }).problemOf('http://example.org/')).toBe('must be an https URL');
    expect(client({ allowHttp: false }).problemOf('https://example.org/')).toBeUndefined();
  });

  it('refuses a name that leads to an address that is not allowed, be it one of several', async () => {
    const hit = jest.fn();
    const port = await serve(hit);
    for (const addresses of [['10.0.0.1'], ['127.0.0.1', '169.254.169.254'], ['::ffff:10.0.0.1']]) {
      const guarded = client({ resolve: () => Promise.resolve(addresses) });
      const problem = await guarded.send(get(`http://inside.test:${port}/`)).catch((error: unknown) => error);
      expect(problem).toMatchObject({ failure: 'refused' });
      // Nor does the message tell where the name leads.
      expect(String(problem)).not.toMatch(/\d\.\d/);
    }
    expect(hit).not.toHaveBeenCalled();
  });

  it('asks for a name once and connects to what was checked, so that the name server cannot change its mind', async () => {
    const port = await serve((req, res) => res.end(req.headers.host));
    const resolve = jest.fn().mockResolvedValueOnce(['127.0.0.1']).mockResolvedValue(['169.254.169.254']);
    const guarded = client({ resolve });
    const { body } = await guarded.send(get(`http://rebinding.test:${port}/`));
    expect([body, resolve.mock.calls]).toEqual([`rebinding.test:${port}`, [['rebinding.test']]]);
    await expect(guarded.send(get(`http://rebinding.test:${port}/`))).rejects.toMatchObject({ failure: 'refused' });
  });

  it('tries another address of the name where one does not answer', async () => {
    const port = await serve((_req, res) => res.end('here'));
    const resolve = () => Promise.resolve(['127.0.0.2', '127.0.0.1']);
    const { body } = await client({ allowedNetworks: ['127.0.0.0/8'], resolve }).send(get(`http://two.test:${port}/`));
    expect(body).toBe('here');
  });

  it('asks the name servers by itself, so that the hosts file opens no door', async () => {
    await expect(client().send(get('http://no-such-name.invalid/'))).rejects.toMatchObject({ failure: 'unresolved' });
    const empty = client({ resolve: () => Promise.resolve([]) });
    await expect(empty.send(get('http://empty.test/'))).rejects.toMatchObject({ failure: 'unresolved' });
  });

  it('follows no redirect', async () => {
    const inside = jest.fn();
    const other = await serve(inside);
    const port = await serve((_req, res) => res.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end());
    expect(await client().send(get(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 307 });
    expect(inside).not.toHaveBeenCalled();
  });

  it('uses no proxy of the environment', async () => {
    const port = await serve((_req, res) => res.end('direct'));
    const script = `
      require(${JSON.stringify(require.resolve('@swc-node/register'))});
      const { GuardedHttpClient } = require(${JSON.stringify(require.resolve('./guarded-client'))});
      const options = { allowedNetworks: ['127.0.0.1/32'], allowHttp: true, connectTimeoutMs: 5000, timeoutMs: 20000, maxBodyBytes: 10 };
      void new GuardedHttpClient(options).send({ method: 'GET', url: 'http://127.0.0.1:${port}/' }).then(({ body }) => console.log(body));`;
    const child = spawn(process.execPath, ['-e', script], {
      env: {
        ...processEnvironment(),
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: 'http://127.0.0.1:9/',
        http_proxy: 'http://127.0.0.1:9/',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    await once(child, 'close');
    expect(output).toBe('direct\n');
  });

  it('reads no more of a body than it may', async () => {
    const port = await serve((_req, res) => {
      const more = (): void => void (res.write('x'.repeat(1_000)) ? setImmediate(more) : res.once('drain', more));
      more();
    });
    expect(await client().send(get(`http://127.0.0.1:${port}/`))).toMatchObject({
      status: 200,
      body: 'x'.repeat(1_000),
    });
  });

  it.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    ['never ends its body', (_req, res) => void res.write('x')],
    [
      'sends a byte at a time',
      (_req, res) => {
        const timer = setInterval(() => res.write('x'), 20);
        res.once('close', () => clearInterval(timer));
      },
    ],
  ])('gives up on one that %s', async (_what, handler) => {
    const port = await serve(handler);
    const sent = client({ timeoutMs: 300 }).send(get(`http://127.0.0.1:${port}/`));
    await expect(sent).rejects.toMatchObject({ failure: 'timeout', message: 'no answer within 300 ms' });
  });

  it('gives up on a name server that does not answer, and on a connection that does not come to stand', async () => {
    const silent = client({ timeoutMs: 200, resolve: () => new Promise(() => undefined) });
    await expect(silent.send(get('http://silent.test/'))).rejects.toMatchObject({ failure: 'timeout' });
    // It accepts, and never says a word of TLS.
    const port = await listen(createServer(() => undefined));
    const sent = client({ connectTimeoutMs: 200 }).send(get(`https://127.0.0.1:${port}/`));
    await expect(sent).rejects.toMatchObject({ failure: 'timeout', message: 'no connection within 200 ms' });
  });

  it('names the code of a connection that fails, and no address', async () => {
    const port = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    const sent = client({ resolve: () => Promise.resolve(['127.0.0.1']) }).send(get(`http://down.test:${port}/`));
    const failure = { failure: 'unreachable', message: 'the connection failed (ECONNREFUSED)' };
    await expect(sent).rejects.toMatchObject(failure);
    const broken = await serve((req) => void req.socket.destroy());
    await expect(client().send(get(`http://127.0.0.1:${broken}/`))).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('takes no other protocol than the one that it speaks', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n';
    const port = await listen(createServer((socket) => void socket.once('data', () => socket.write(upgrade))));
    const sent = client().send(get(`http://127.0.0.1:${port}/`));
    await expect(sent).rejects.toMatchObject({ failure: 'unreachable' });
    const nonsense = await listen(createServer((socket) => void socket.once('data', () => socket.end('hello\r\n'))));
    await expect(client().send(get(`http://127.0.0.1:${nonsense}/`))).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('ends with the reason of an aborted signal', async () => {
    const stop = new AbortController();
    const port = await serve(() => stop.abort(new Error('enough')));
    const sent = client().send({ ...get(`http://127.0.0.1:${port}/`), signal: stop.signal });
    await expect(sent).rejects.toThrow('enough');
  });
});

describe('its TLS', () => {
  const { key, cert } = selfSigned('hooks.test');
  const resolve = () => Promise.resolve(['127.0.0.1']);
  const serveTls = () => listen(https.createServer({ key, cert }, (_req, res) => res.end('secret')));

  it('holds the certificate against the name, though it connects to an address', async () => {
    const port = await serveTls();
    const guarded = client({ resolve, ca: cert });
    expect(await guarded.send(get(`https://hooks.test:${port}/`))).toMatchObject({ body: 'secret' });
    const other = guarded.send(get(`https://other.test:${port}/`));
    await expect(other).rejects.toMatchObject({ message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID') });
  });

  it('takes no certificate that nobody vouches for', async () => {
    const port = await serveTls();
    const sent = client({ resolve }).send(get(`https://hooks.test:${port}/`));
    await expect(sent).rejects.toMatchObject({ failure: 'unreachable' });
  });
});
