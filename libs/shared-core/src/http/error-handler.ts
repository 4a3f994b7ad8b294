import { ErrorRequestHandler, Response } from 'express';
import { AppError } from '../errors/app-error';
import { Logger } from '../logging/logger';
import { problemOf, toAppError } from './problem';
import { requestIdOf } from './request-scope';

/** The only place where errors become responses. Logs each at its catalogue level, with the cause that clients never see. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, next) => {
    const error = toAppError(thrown);
    logger[error.definition.logLevel](error.detail, {
      event: 'request_failed',
      code: error.code,
      ...(error.cause === undefined ? {} : { cause: error.cause }),
      ...(error.definition.family === 'unexpected' && error.cause === undefined ? { error } : {}),
    });
    // A response that has begun cannot become another one: Express's own handler cuts the connection.
    if (res.headersSent) return next(thrown);
    sendProblem(res, error, requestIdOf(req));
  };
}

export function sendProblem(res: Response, error: AppError, requestId: string): void {
  const { status } = error.definition;
  const retryAfter = error.retryAfterSeconds ?? (status === 503 || status === 429 ? 1 : undefined);
  if (retryAfter !== undefined) res.setHeader('Retry-After', String(Math.ceil(retryAfter)));
  if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="aitbc"');
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error, requestId)));
}
