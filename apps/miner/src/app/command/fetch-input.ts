import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BadJobRequest } from '../executors/executor';
import { BodyTooLarge, boundedBody } from '@aitbc/shared-core';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches the files that clients name by URL. Only `data:` URLs and the operator's hosts are read, at every redirect
 * anew: a client must not reach services of the miner's own network through it.
 */
export class InputFetcher {
  /** @param allowedHosts host names, or `host:port` for another port than that of the scheme. */
  constructor(private readonly allowedHosts: ReadonlySet<string>) {}

  /** @throws BadJobRequest when the URL is not allowed, not found or too large; Error when its server failed. */
  async fetchTo(url: string, file: string, maxBytes: number, signal: AbortSignal): Promise<void> {
    const response = await this.open(url, signal);
    try {
      await pipeline(Readable.from(boundedBody(response, maxBytes)), createWriteStream(file, { flags: 'wx' }), {
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BodyTooLarge) throw new BadJobRequest(`the input is larger than ${maxBytes} bytes`);
      throw error;
    }
  }

  private async open(url: string, signal: AbortSignal): Promise<Response> {
    let target = this.check(url);
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const response = await this.get(target, signal);
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return await expectOk(response, target);
      await response.body?.cancel();
      target = this.check(location, target);
    }
    throw new BadJobRequest(`more than ${MAX_REDIRECTS} redirects from ${hostOf(url)}`);
  }

  private async get(target: URL, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(target, { redirect: 'manual', signal });
    } catch (error) {
      signal.throwIfAborted();
      if (target.protocol === 'data:') throw new BadJobRequest('the data: URL of the input is malformed');
      throw new Error(`${target.host} could not be reached for the input`, { cause: error });
    }
  }

  private check(url: string, base?: URL): URL {
    if (!URL.canParse(url, base?.href)) throw new BadJobRequest('the input URL is not a URL');
    const target = new URL(url, base);
    // A redirect from a server to a data: URL has no honest use; fetch refuses it as well.
    if (target.protocol === 'data:' && base === undefined) return target;
    if (target.protocol !== 'http:' && target.protocol !== 'https:') {
      throw new BadJobRequest(`input URLs with ${target.protocol} are not allowed`);
    }
    if (target.username || target.password) throw new BadJobRequest('input URLs must not hold credentials');
    if (!this.allowedHosts.has(target.host)) {
      throw new BadJobRequest(`the host ${target.host} is not in the allow-list of this miner`);
    }
    return target;
  }
}

async function expectOk(response: Response, target: URL): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  const message = `${hostOf(target.href)} answered ${response.status} for the input`;
  if (response.status >= 500 || response.status === 429) throw new Error(message);
  throw new BadJobRequest(message);
}

function hostOf(url: string): string {
  return new URL(url).host;
}
