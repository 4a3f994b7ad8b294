import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { type Principal, principalOf, TOKEN_KEY_PREFIX } from '../auth/principal';
import { AppError } from '../errors/app-error';

/** Counts are kept in the memory of the process: each process has limits of its own. */
export interface RateLimits {
  /**
   * For requests with a good credential, by key; stands after `authenticate`. Services of the platform have no limit: what
   * they ask is on behalf of many who have each been limited before.
   */
  readonly principals: RequestHandler;
  /**
   * For requests that `authenticate` refused, by address; stands after it. Only failures are counted and refused: behind
   * one address there may be others, whose good keys must go on working.
   */
  readonly strangers: ErrorRequestHandler;
}

/**
 * Limits of `limit` requests in each window, told by `RateLimit` and `RateLimit-Policy` (draft 8). What exceeds them
 * gets 429 `rate_limited` with `Retry-After`.
 * @param limit at least 1.
 * @param windowMs a second by default.
 */
export function rateLimits(limit: number, windowMs = 1_000): RateLimits {
  const keys = limiter({ limit, windowMs, identifier: 'key' }, (req) => principalOf(req).keyId);
  const addresses = limiter({ limit, windowMs, identifier: 'address' }, (req) => ipKeyGenerator(req.ip ?? ''));
  return {
    principals: (req, res, next) => (isOfThePlatform(principalOf(req)) ? next() : void keys(req, res, next)),
    strangers: (error: unknown, req, res, next) => {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') return next(error);
      void addresses(req, res, (exceeded?: unknown) => next(exceeded ?? error));
    },
  };
}

/** Known by a token that the platform has signed, and not by a key that somebody was given. */
function isOfThePlatform({ keyId }: Principal): boolean {
  return keyId.startsWith(TOKEN_KEY_PREFIX);
}

interface Quota {
  readonly limit: number;
  readonly windowMs: number;
  readonly identifier: string;
}

function limiter(quota: Quota, keyGenerator: (req: Request) => string): RequestHandler {
  const seconds = quota.windowMs / 1_000;
  return rateLimit({
    ...quota,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) => {
      const detail = `more than ${quota.limit} requests in ${seconds} s`;
      next(new AppError('rate_limited', detail, { retryAfterSeconds: seconds }));
    },
    // Its checks of our configuration print to the console what a client's headers can cause.
    validate: false,
  });
}
