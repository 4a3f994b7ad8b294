import { RequestHandler } from 'express';
import { AppError } from '../errors/app-error';

/** The parts of Express's router that tell which routes a path has. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: unknown;
  /** `path` is the matched part: for a mounted router, its mount point. */
  match(path: string): { readonly path: string } | false;
}

/** After all routes: 405 with `Allow` when the path has other methods, 404 when it has none. */
export const unmatchedRoute: RequestHandler = (req, res) => {
  const allowed = methodsOf(stackOf(req.app.router), req.path);
  if (allowed.size === 0) throw new AppError('not_found', 'there is no such route');
  if (allowed.has('GET')) allowed.add('HEAD');
  res.setHeader('Allow', [...allowed].sort().join(', '));
  throw new AppError('method_not_allowed', `this path does not take ${req.method}`);
};

function methodsOf(stack: readonly Layer[], path: string): Set<string> {
  const methods = stack.flatMap((layer) => {
    const match = layer.match(path);
    if (!match) return [];
    if (layer.route) return Object.keys(layer.route.methods).map((name) => name.toUpperCase());
    return [...methodsOf(stackOf(layer.handle), path.slice(match.path.length) || '/')];
  });
  return new Set(methods);
}

/** The layers of a router; a plain middleware has none. */
function stackOf(handler: unknown): readonly Layer[] {
  if (typeof handler !== 'function' || !('stack' in handler) || !Array.isArray(handler.stack)) return [];
  return handler.stack as Layer[];
}
