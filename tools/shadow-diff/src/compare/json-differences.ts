import type { Difference } from './difference';
import { patternInto } from './pointer-pattern';

type Values = readonly unknown[];
type Fields = Readonly<Record<string, unknown>>;
type Identified = Fields & { readonly id: string };

/** Where two JSON values differ in structure or content. The order of keys means nothing. */
export function jsonDifferences(release: unknown, service: unknown, pointer = ''): Difference[] {
  if (Array.isArray(release) && Array.isArray(service)) return ofLists(release, service, pointer);
  if (isObject(release) && isObject(service)) return ofObjects(release, service, pointer);
  if (release === service) return [];
  const kind = typeOf(release) === typeOf(service) ? 'changed-value' : 'changed-type';
  return [{ kind, pointer, release, service }];
}

function ofObjects(release: Fields, service: Fields, pointer: string): Difference[] {
  const inBoth = Object.keys(release).flatMap((key): Difference[] => {
    const at = patternInto(pointer, key);
    // Own fields only: users name some of them, and every object has something called `constructor`.
    if (Object.hasOwn(service, key)) return jsonDifferences(release[key], service[key], at);
    return [{ kind: 'missing-field', pointer: at, release: release[key], service: undefined }];
  });
  const added = Object.keys(service).filter((key) => !Object.hasOwn(release, key));
  return [
    ...inBoth,
    ...added.map((key): Difference => ({
      kind: 'added-field',
      pointer: patternInto(pointer, key),
      release: undefined,
      service: service[key],
    })),
  ];
}

/**
 * Items that have ids are compared with those of the same id, so that one that was made between two reads does not make
 * all behind it look changed. Others are compared by place, when there are equally many.
 */
function ofLists(release: Values, service: Values, pointer: string): Difference[] {
  const [before, after] = [byId(release), byId(service)];
  if (before && after) return ofIdentified(before, after, pointer);
  if (release.length !== service.length) return [lengths(release.length, service.length, pointer)];
  return release.flatMap((item, index) => jsonDifferences(item, service[index], `${pointer}/*`));
}

function ofIdentified(
  release: ReadonlyMap<string, Fields>,
  service: ReadonlyMap<string, Fields>,
  pointer: string,
): Difference[] {
  const inBoth = [...release].filter(([id]) => service.has(id));
  const differences = inBoth.flatMap(([id, item]) => jsonDifferences(item, service.get(id), `${pointer}/*`));
  if (release.size !== service.size) return [lengths(release.size, service.size, pointer), ...differences];
  const ids = [...service.keys()];
  const moved = [...release.keys()].findIndex((id, index) => id !== ids[index]);
  if (moved < 0) return differences;
  const [was, is] = [[...release.keys()][moved], ids[moved]];
  return [{ kind: 'changed-value', pointer: `${pointer}/*/id`, release: was, service: is }, ...differences];
}

function lengths(release: number, service: number, pointer: string): Difference {
  return { kind: 'length', pointer, release, service };
}

/** The items by their ids; `undefined` when one has none, or not one of its own. */
function byId(items: Values): Map<string, Fields> | undefined {
  if (!items.every(hasId)) return undefined;
  const found = new Map(items.map((item) => [item.id, item]));
  return found.size === items.length ? found : undefined;
}

function hasId(value: unknown): value is Identified {
  return isObject(value) && typeof value['id'] === 'string';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
