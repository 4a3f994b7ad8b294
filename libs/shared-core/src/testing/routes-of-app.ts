import type { Express } from 'express';

/** The parts of Express's router that tell which routes it has. */
interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: unknown;
  match(path: string): { readonly path: string } | false;
}

/**
 * Every route of an app as `get /api/v1/things/:thing_id`, sorted. Express keeps no text of mount points, so that each
 * mounted router is asked which of `mountPoints` leads to it; the longest one does, or none for one at the root.
 */
export function routesOfApp(app: Express, mountPoints: readonly string[]): string[] {
  const byLength = mountPoints.toSorted((a, b) => b.length - a.length);
  const routes = stackOf(app.router).flatMap((layer) => {
    const mountPoint = layer.route ? '' : (byLength.find((path) => mountsAt(layer, path)) ?? '');
    return routesOf(layer, mountPoint);
  });
  return [...new Set(routes)].sort();
}

function routesOf({ route, handle }: Layer, base: string): string[] {
  if (!route) return stackOf(handle).flatMap((layer) => routesOf(layer, base));
  const methods = Object.keys(route.methods).map((name) => name.toLowerCase());
  return [route.path].flat().flatMap((path) => methods.map((method) => `${method} ${base}${path}`));
}

function mountsAt(layer: Layer, path: string): boolean {
  const match = layer.match(path);
  return match !== false && match.path === path;
}

/** The layers of a router; a plain middleware has none. */
function stackOf(handler: unknown): readonly Layer[] {
  if (typeof handler !== 'function' || !('stack' in handler) || !Array.isArray(handler.stack)) return [];
  return handler.stack as Layer[];
}
