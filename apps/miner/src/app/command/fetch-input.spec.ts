import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadJobRequest } from '../executors/executor';
import { closeServer, listen } from '../testing/http-server';
import { InputFetcher } from './fetch-input';

describe('InputFetcher', () => {
  let folder: string;
  let server: Server;
  let url: string;
  const { signal } = new AbortController();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miner-fetch-'));
    ({ server, url } = await listen((request, response) => {
      if (request.url === '/file') response.end('content');
      else if (request.url === '/to-file') response.writeHead(302, { location: '/file' }).end();
      else if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url === '/to-disk') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (request.url === '/down') response.writeHead(503).end();
      else response.writeHead(404).end();
    }));
  });

  afterAll(async () => {
    await closeServer(server);
    await rm(folder, { recursive: true });
  });

  let files = 0;
  async function fetchText(source: string, maxBytes = 100): Promise<string> {
    const file = join(folder, String((files += 1)));
    await new InputFetcher(new Set([new URL(url).host])).fetchTo(source, file, maxBytes, signal);
    return readFile(file, 'utf8');
  }

  it('fetches from an allowed host, through its redirects too', async () => {
    expect(await fetchText(`${url}/file`)).toBe('content');
    expect(await fetchText(`${url}/to-file`)).toBe('content');
  });

  it('reads data: URLs', async () => {
    expect(await fetchText('data:text/plain;base64,aGVsbG8=')).toBe('hello');
  });

  it.each([
    ['another host', () => 'http://169.254.169.254/latest/meta-data'],
    ['another port of an allowed host', () => 'http://127.0.0.1:1/'],
    ['a redirect to another host', () => `${url}/away`],
    ['a redirect to the disk', () => `${url}/to-disk`],
    ['endless redirects', () => `${url}/loop`],
    ['the disk', () => 'file:///etc/passwd'],
    ['credentials in a URL', () => url.replace('//', '//user:secret@')],
    ['what is no URL', () => '/etc/passwd'],
    ['a malformed data: URL', () => 'data:nothing'],
    ['a file that is not there', () => `${url}/absent`],
  ])('refuses %s as a bad request', async (_, source) => {
    await expect(fetchText(source())).rejects.toThrow(BadJobRequest);
  });

  it('refuses a file over the limit', async () => {
    await expect(fetchText(`${url}/file`, 6)).rejects.toThrow('the input is larger than 6 bytes');
    await expect(fetchText('data:text/plain,0123456', 6)).rejects.toThrow(BadJobRequest);
  });

  it('leaves a failing server to another try', async () => {
    const run = fetchText(`${url}/down`);
    await expect(run).rejects.toThrow('answered 503');
    await expect(run).rejects.not.toBeInstanceOf(BadJobRequest);
  });
});
