import { Resolver } from 'node:dns/promises';
import http, {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { reasonOf } from './abort';
import { AddressGuard } from './address-guard';

export interface GuardedClientOptions {
  /** Networks (CIDR) beside the public Internet that may be called. */
  readonly allowedNetworks: readonly string[];
  /** Whether `http:` is taken; `https:` always is. */
  readonly allowHttp: boolean;
  /** Until the connection stands, TLS included (ms). */
  readonly connectTimeoutMs: number;
  /** From the look-up of the name to the end of the response's body (ms). */
  readonly timeoutMs: number;
  /** Of a response's body; what is longer is cut off. */
  readonly maxBodyBytes: number;
  /** For tests; by default the name servers of the machine. */
  readonly resolve?: ResolveName;
  /** For tests: a certificate authority beside those that Node knows. */
  readonly ca?: string;
}

/** Gives all addresses of a name. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export interface GuardedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface GuardedResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As UTF-8, at most `maxBodyBytes` of it. */
  readonly body: string;
}

/** Why there is no response: `refused` before anything was sent, the others while it was tried. */
export type GuardedFailure = 'refused' | 'unresolved' | 'timeout' | 'unreachable';

/** There is no response. The message may be shown to whoever chose the URL: it names no address that they did not. */
export class GuardedRequestError extends Error {
  constructor(
    readonly failure: GuardedFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'GuardedRequestError';
  }
}

/**
 * Calls URLs that users chose: the one way by which such a call leaves the process. A name is resolved once, every address
 * of it must be allowed ({@link AddressGuard}), and the connection goes to one of exactly these, so that a name server
 * cannot show one address to the check and another to the call. Redirects are not followed, since they would lead past
 * the check; each call has a connection and a time limit of its own; no proxy of the environment is used.
 *
 * Names are asked of the name servers, not of the system (`getaddrinfo`): that would ignore our time limit, and a server
 * that does not answer would hold one of the few threads that the database needs as well. Names that stand only in the
 * machine's own hosts file are therefore unknown here.
 */
export class GuardedHttpClient {
  private readonly guard: AddressGuard;
  private readonly resolve: ResolveName;

  constructor(private readonly options: GuardedClientOptions) {
    this.guard = new AddressGuard(options.allowedNetworks);
    this.resolve = options.resolve ?? askNameServers;
  }

  /** What is wrong with a URL, as far as it can be told without asking anybody; `undefined` when it may be tried. */
  problemOf(text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const schemes = this.options.allowHttp ? ['https:', 'http:'] : ['https:'];
    if (!url || !schemes.includes(url.protocol)) return `must be an ${schemes.join(' or ').replaceAll(':', '')} URL`;
    if (url.username !== '' || url.password !== '') return 'must be without user and password';
    const host = hostOf(url);
    return isIP(host) !== 0 && !this.guard.allows(host) ? NOT_ALLOWED : undefined;
  }

  /** @throws GuardedRequestError when there is no response; the signal's reason when it was aborted. */
  async send(request: GuardedRequest): Promise<GuardedResponse> {
    const problem = this.problemOf(request.url);
    if (problem !== undefined) throw new GuardedRequestError('refused', `the URL ${problem}`);
    const timeUp = AbortSignal.timeout(this.options.timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeUp]) : timeUp;
    try {
      return await this.exchange(request, signal);
    } catch (error) {
      if (request.signal?.aborted) throw reasonOf(request.signal);
      if (timeUp.aborted) throw new GuardedRequestError('timeout', `no answer within ${this.options.timeoutMs} ms`);
      throw error instanceof GuardedRequestError ? error : unreachable(error);
    }
  }

  private exchange(request: GuardedRequest, signal: AbortSignal): Promise<GuardedResponse> {
    const { method, headers = {}, body } = request;
    const url = new URL(request.url);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options: RequestOptions & https.RequestOptions = {
      method,
      headers: { ...headers, ...length },
      lookup: this.lookup,
      signal,
      agent: url.protocol === 'https:' ? AGENTS.https : AGENTS.http,
      // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
      rejectUnauthorized: true,
      ...(this.options.ca !== undefined && { ca: this.options.ca }),
    };
    return new Promise((resolve, reject) => {
      const sent = (url.protocol === 'https:' ? https : http).request(url, options);
      this.limitConnecting(sent, url.protocol === 'https:' ? 'secureConnect' : 'connect');
      // Not `once`: a second error that nobody hears would end the process.
      sent.on('error', reject);
      let answered = false;
      sent.once('response', (response) => {
        answered = true;
        void this.read(response).then(resolve, reject);
      });
      // An answer that changes the protocol (101) ends the connection without a response, and without an error.
      sent.once('close', () => answered || reject(unreachable(undefined)));
      sent.end(body);
    });
  }

  private limitConnecting(sent: ClientRequest, connected: 'connect' | 'secureConnect'): void {
    const { connectTimeoutMs } = this.options;
    const late = (): void => {
      sent.destroy(new GuardedRequestError('timeout', `no connection within ${connectTimeoutMs} ms`));
    };
    const timer = setTimeout(late, connectTimeoutMs);
    sent.once('socket', (socket) => socket.once(connected, () => clearTimeout(timer)));
    sent.once('close', () => clearTimeout(timer));
  }

  private async read(response: IncomingMessage): Promise<GuardedResponse> {
    const { statusCode: status = 0, headers } = response;
    const chunks: Buffer[] = [];
    let room = this.options.maxBodyBytes;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, room));
      room -= chunk.byteLength;
      // Leaving the loop ends the connection: whoever goes on sending sends to nobody.
      if (room <= 0) break;
    }
    return { status, headers, body: Buffer.concat(chunks).toString('utf8') };
  }

  /** Instead of Node's own look-up, between name and connection: what it gives is all that is connected to. */
  private readonly lookup: LookupFunction = (name, { all }, give) => {
    this.addressesOf(name).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (all === true || !first) give(null, found);
        else give(null, first.address, first.family);
      },
      (error: unknown) => give(error instanceof Error ? error : new Error(String(error)), []),
    );
  };

  private async addressesOf(name: string): Promise<readonly string[]> {
    const addresses = await this.resolve(name);
    if (addresses.length === 0) throw new GuardedRequestError('unresolved', `the name ${name} has no address`);
    // One that is not allowed beside others that are is no accident worth guessing about.
    if (addresses.every((address) => this.guard.allows(address))) return addresses;
    throw new GuardedRequestError('refused', `the URL ${NOT_ALLOWED}`);
  }
}

/**
 * Of our own, since those that Node makes take a proxy from the environment (NODE_USE_ENV_PROXY): it would do the look-up,
 * and nobody the check. Each call has a connection of its own: none is left over that was checked for another moment.
 */
const AGENTS = {
  http: new http.Agent({ keepAlive: false, proxyEnv: {} }),
  https: new https.Agent({ keepAlive: false, proxyEnv: {} }),
};

const NOT_ALLOWED = 'must lead to a public address, or to a network that the operator allows';

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** @throws GuardedRequestError `unresolved`. */
async function askNameServers(name: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses;
  const cause: unknown = answers.find((answer) => answer.status === 'rejected')?.reason;
  throw new GuardedRequestError('unresolved', `the name ${name} could not be resolved (${codeOf(cause)})`, { cause });
}

/** Codes only: messages of the network name the address that was connected to. */
function unreachable(error: unknown): GuardedRequestError {
  return new GuardedRequestError('unreachable', `the connection failed (${codeOf(error)})`, { cause: error });
}

/** Of an aggregate, of the first of its errors: that of the address that was tried first. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
