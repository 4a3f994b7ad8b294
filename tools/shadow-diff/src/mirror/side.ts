import { BodyTooLarge, readText, withTimeLimit } from '@aitbc/shared-core';
import type { MirroredRequest } from './mirrored-request';

/** What one side answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** An answer, silence with its reason, or something that cannot be compared. */
export type Reply =
  | { readonly answer: Answer }
  | { readonly silence: string }
  | { readonly incomparable: 'stream' | 'rate-limited' | 'too-large' };

/** A reply that can be held against the other side's. */
export type Comparable = Exclude<Reply, { incomparable: unknown }>;

export interface SideOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** How long the whole answer may take (ms). */
  readonly timeoutMs: number;
}

/** No answer of the API comes near it. */
const MAX_BODY_BYTES = 8 * 1_048_576;
const TOO_MANY_REQUESTS = 429;

/** One of the two that are compared. */
export class Side {
  constructor(private readonly options: SideOptions) {}

  /** Asks for what the caller asked for. Never rejects: who does not answer is silent. */
  async ask({ method, target, headers }: MirroredRequest, requestId: string, stop: AbortSignal): Promise<Reply> {
    const init = { method, headers: { ...headers, 'x-request-id': requestId }, redirect: 'manual' } as const;
    try {
      return await withTimeLimit(this.options.timeoutMs, stop, async (signal) =>
        replyOf(await fetch(this.options.origin + target, { ...init, signal })),
      );
    } catch (error) {
      return error instanceof BodyTooLarge ? { incomparable: 'too-large' } : { silence: whyOf(error) };
    }
  }

  /** A document that anybody may read, parsed. @throws when there is none. */
  async document(path: string): Promise<unknown> {
    const none = new AbortController().signal;
    return withTimeLimit(this.options.timeoutMs, none, async (signal) => {
      const response = await fetch(this.options.origin + path, { signal });
      if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
      return JSON.parse(await readText(response, MAX_BODY_BYTES)) as unknown;
    });
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  // The caller's limit is shared with whoever asks with its key, that is with us: it tells nothing of the release.
  if (isStream || status === TOO_MANY_REQUESTS) {
    await response.body?.cancel();
    return { incomparable: isStream ? 'stream' : 'rate-limited' };
  }
  return { answer: { status, headers, body: await readText(response, MAX_BODY_BYTES) } };
}

/** `fetch failed` says nothing; its cause does. */
function whyOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.name;
}
