import { isUtf8 } from 'node:buffer';
import express, { Request, RequestHandler } from 'express';
import { AppError, validationFailed } from '../errors/app-error';
import { findUnsafeJson } from './json-guard';

export const MAX_BODY_BYTES = 1_048_576;

/**
 * Reads JSON bodies, and nothing else: another media type is 415, more than 1 MiB (after inflating) 413, what is not
 * UTF-8 or not JSON 400, JSON that cannot be hashed or signed 422. An absent body leaves `req.body` undefined.
 */
export function jsonBody(): RequestHandler[] {
  const parse = express.json({ limit: MAX_BODY_BYTES, strict: false, type: isJson, verify: assertUtf8 });
  return [refuseOtherMediaTypes, parse, refuseUnsafeJson];
}

const refuseOtherMediaTypes: RequestHandler = (req, _res, next) => {
  if (hasContent(req) && !isJson(req)) {
    throw new AppError('unsupported_media_type', 'the body must be application/json in UTF-8');
  }
  next();
};

const refuseUnsafeJson: RequestHandler = (req, _res, next) => {
  const found = findUnsafeJson(req.body);
  if (found) throw validationFailed([found]);
  next();
};

function hasContent(req: Pick<Request, 'headers'>): boolean {
  const length = req.headers['content-length'];
  return req.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isJson(req: Pick<Request, 'headers'>): boolean {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return type.trim() === 'application/json' && (charset === undefined || /^charset="?utf-8"?$/.test(charset));
}

/** The decoder would put U+FFFD for each bad byte, and we would store what nobody sent. */
function assertUtf8(_req: unknown, _res: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw Object.assign(new Error('the body is not UTF-8'), { type: 'body.not_utf8' });
}
