import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security headers for an API: nothing of an answer may be run, framed or sniffed. A page that needs more (`/docs`)
 * sets a `Content-Security-Policy` of its own, which replaces this one.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
}
