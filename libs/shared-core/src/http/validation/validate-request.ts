import { Request, RequestHandler } from 'express';
import { AppError, validationFailed } from '../../errors/app-error';
import { convertQuery } from './convert-query';
import { Constructor } from './instantiate';
import { validateDto } from './validate-dto';

/** What was validated, beside the request: `req.query` is a getter in Express 5, and `req.body` stays as it came. */
const bodies = new WeakMap<Request, object>();
const queries = new WeakMap<Request, object>();

/** Validates the JSON body; an absent body counts as `{}`. Handlers get the result by {@link bodyOf}. */
export function validateBody(type: Constructor): RequestHandler {
  return (req, _res, next) => {
    const body: unknown = req.body;
    bodies.set(req, validateDto(type, body === undefined ? {} : body));
    next();
  };
}

/** Validates the query parameters after converting them to the declared types. Handlers get them by {@link queryOf}. */
export function validateQuery(type: Constructor): RequestHandler {
  return (req, _res, next) => {
    assertDecodable(req.url);
    queries.set(req, validateQueryDto(type, req.query));
    next();
  };
}

/** The body that `validateBody(type)` accepted. */
export function bodyOf<T extends object>(req: Request, type: Constructor<T>): T {
  return validated(bodies, req, type, 'validateBody');
}

/** The query parameters that `validateQuery(type)` accepted. */
export function queryOf<T extends object>(req: Request, type: Constructor<T>): T {
  return validated(queries, req, type, 'validateQuery');
}

function validated<T extends object>(
  store: WeakMap<Request, object>,
  req: Request,
  type: Constructor<T>,
  middleware: string,
): T {
  const value = store.get(req);
  if (value instanceof type) return value;
  throw new Error(`the route has no ${middleware}(${type.name})`);
}

/** Like `validateDto`, with `?name` for pointers. */
function validateQueryDto(type: Constructor, query: Readonly<Record<string, unknown>>): object {
  try {
    return validateDto(type, convertQuery(type, query));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw validationFailed(error.fields.map(({ pointer, message }) => ({ pointer: `?${pointer.slice(1)}`, message })));
  }
}

/** The query parser takes a broken %-escape as it stands, and the handler would see what nobody meant. */
function assertDecodable(url: string): void {
  const start = url.indexOf('?');
  if (start === -1) return;
  try {
    decodeURIComponent(url.slice(start + 1));
  } catch (cause) {
    throw new AppError('malformed_request', 'the query has a broken %-escape', { cause });
  }
}
