import type { BodyRoute, Refusal } from './refusals';

/** `[what is wrong, the fields that are changed, the pointers that must be named]`; `undefined` leaves a field out. */
export type BadFields = readonly [string, object, readonly string[]];

/** Refusals of a route: its good body with each of the changes. */
export function badFields({ method, path, by, body }: BodyRoute, table: readonly BadFields[]): Record<string, Refusal> {
  return Object.fromEntries(
    table.map(([name, change, pointers]) => [
      `${method.toUpperCase()} ${path}: ${name}`,
      { method, path, by, body: { ...body, ...change }, status: 422, pointers },
    ]),
  );
}
