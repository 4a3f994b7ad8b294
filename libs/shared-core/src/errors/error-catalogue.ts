/**
 * Every error that the platform answers, in one table. A service throws an {@link AppError} with one of these codes;
 * only the HTTP edge turns it into a status and a problem document (RFC 9457).
 *
 * Families: `user` (the caller can mend it), `operational` (the world can mend it: retry later),
 * `unexpected` (we must mend it).
 */
export interface ErrorDefinition {
  /** HTTP status at the edge. */
  readonly status: number;
  /** Short human sentence, the same for each occurrence (`title` of the problem document). */
  readonly title: string;
  readonly family: 'user' | 'operational' | 'unexpected';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** What the reader of `docs/errors.md` should do about it. */
  readonly remedy: string;
}

function user(status: number, title: string, remedy: string): ErrorDefinition {
  return { status, title, family: 'user', logLevel: 'debug', remedy };
}

function operational(status: number, title: string, remedy: string): ErrorDefinition {
  return { status, title, family: 'operational', logLevel: 'warn', remedy };
}

export const ERROR_CATALOGUE = {
  malformed_request: user(400, 'The request could not be parsed', 'Send well-formed JSON and query syntax.'),
  unauthenticated: user(401, 'Credentials are missing or not valid', 'Send a valid key in X-Api-Key.'),
  forbidden: user(403, 'This principal may not do that', 'Use a key whose role allows the call.'),
  not_found: user(404, 'There is no such thing here', 'Check the id; objects of other owners are not visible.'),
  method_not_allowed: user(405, 'This path does not take that method', 'Use a method that the Allow header names.'),
  conflict: user(409, 'The current state does not allow that', 'Read the object again and decide anew.'),
  precondition_failed: user(412, 'The object has changed meanwhile', 'Read it again and send its new ETag.'),
  payload_too_large: user(413, 'The body is too large', 'Send at most the documented size.'),
  unsupported_media_type: user(415, 'That media type is not accepted', 'Send application/json in UTF-8.'),
  validation_failed: user(422, 'Some fields are not valid', 'Mend the fields that `errors` points to.'),
  not_ready: user(425, 'The result is not there yet', 'Ask again later, or wait with `wait`.'),
  rate_limited: user(429, 'Too many requests', 'Wait as long as Retry-After says.'),
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    family: 'unexpected',
    logLevel: 'error',
    remedy: 'Report the request id; the log line with it holds the cause.',
  },
  dependency_unavailable: operational(503, 'A dependency is not available', 'Try again after Retry-After.'),
  prover_unavailable: operational(
    503,
    'No zero-knowledge proof can be made here',
    'Use verification level `basic` or `full`, or ask a release that has a prover.',
  ),
  overloaded: operational(503, 'Too much is going on at once', 'Try again after Retry-After.'),
  starting: operational(503, 'The process is starting', 'Try again after Retry-After.'),
  loop_detected: operational(
    508,
    'The request has come back to where it had been',
    'Point AGENT_MANAGEMENT_URL at agent-management itself, not at the coordinator or at a router before it.',
  ),
  draining: operational(503, 'The process is stopping', 'Try again; another process will answer.'),
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
