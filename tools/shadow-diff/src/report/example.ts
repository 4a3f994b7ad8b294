import { redact } from '@aitbc/shared-core';
import type { Difference } from '../compare/difference';
import type { MirroredRequest } from '../mirror/mirrored-request';

/** A request whose answers differed, for a reader to look at. It holds no key, and nothing else that opens a door. */
export interface Example {
  readonly at: string;
  readonly method: string;
  /** Path with query. */
  readonly target: string;
  /** Both sides were asked by this id, which is in their logs. */
  readonly request_id: string;
  /** What each side had, as JSON, clipped. */
  readonly release: string;
  readonly service: string;
}

const MAX_LENGTH = 300;
const HIDDEN = '[redacted]';

export function exampleOf(request: MirroredRequest, requestId: string, difference: Difference): Example {
  const hide = hider(request);
  const field = nameAt(difference.pointer);
  const show = (value: unknown) => clip(hide(textOf(field, value)));
  return {
    at: new Date(request.at).toISOString(),
    method: request.method,
    target: clip(hide(shownTarget(request.target))),
    request_id: requestId,
    release: show(difference.release),
    service: show(difference.service),
  };
}

/** Replaces the caller's own credentials wherever a side repeats them, whatever they look like. */
function hider({ headers }: MirroredRequest): (text: string) => string {
  const secrets = [headers['x-api-key'], headers['authorization']?.replace(/^\S+\s+/, '')];
  const known = secrets.filter((secret) => secret !== undefined && secret !== '') as string[];
  return (text) => known.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
}

function textOf(field: string, value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(withoutSecrets(field, value));
  return typeof value === 'string' ? text.slice(1, -1) : text;
}

function shownTarget(target: string): string {
  const [path = '', query] = target.split(/\?(.*)/s);
  if (query === undefined) return path;
  const shown = [...new URLSearchParams(query)].map(([name, value]) => {
    const safe = String(withoutSecrets(name, value));
    return safe === value ? new URLSearchParams([[name, value]]).toString() : `${name}=${HIDDEN}`;
  });
  return `${path}?${shown.join('&')}`;
}

/** By the name of its field, or of those inside, and by what it looks like. */
function withoutSecrets(field: string, value: unknown): unknown {
  const { within } = redact({ within: { [field]: value } });
  return within[field];
}

/** The name of the field that a pointer leads to, or that holds the list it leads into. */
function nameAt(pointer: string): string {
  return pointer.split('/').findLast((token) => token !== '*') ?? '';
}

function clip(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
