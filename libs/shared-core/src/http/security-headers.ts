import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/**
 * Security headers for an API: nothing of an answer may be run, framed or sniffed. A page that needs more (`/docs`)
 * sets a `Content-Security-Policy` of its own, which replaces this one.
 *
 * None of them depends on the request, so helmet is asked once: its dozen handlers take as long as routing does.
 */
export function securityHeaders(): RequestHandler {
  const headers = headersOf();
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

function headersOf(): Map<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const setAll = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  setAll(response.req, response, (error) => {
    if (error instanceof Error) throw error;
  });
  return new Map(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}
