type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What people read and programs do not depend on. */
const PROSE = new Set(['description', 'summary', 'title', 'tags', 'examples', 'example', 'externalDocs']);
/** Lists that may grow: who is let in, what else may be answered. Others, such as `required`, must stay as they are. */
const GROWING = new Set(['enum', 'oneOf', 'anyOf', 'security']);

/**
 * Where an OpenAPI document no longer says what an older one said, by JSON pointer; empty when there are only additions.
 * Paths, operations, parameters, bodies, answers and schemas of the older document must all be there and mean the same;
 * whatever else the newer one has is an addition. A new parameter or field that must be sent is none, and shows as a
 * change of `required`.
 */
export function brokenPromises(older: unknown, newer: unknown): string[] {
  const { paths, components } = older as Record<string, Json>;
  const now = newer as Record<string, Json>;
  return [
    ...lost(paths ?? null, now['paths'], '/paths'),
    ...lost(components ?? null, now['components'], '/components'),
  ];
}

function lost(older: Json, newer: Json | undefined, at: string): string[] {
  if (newer === undefined) return [`${at} is gone`];
  if (Array.isArray(older)) return lostOfList(older, newer, at);
  if (isRecord(older)) return isRecord(newer) ? lostOfRecord(older, newer, at) : [`${at} is another thing now`];
  return Object.is(older, newer) ? [] : [`${at} was ${JSON.stringify(older)}, and is ${JSON.stringify(newer)}`];
}

function lostOfRecord(older: Record<string, Json>, newer: Record<string, Json>, at: string): string[] {
  const faults = Object.entries(older)
    .filter(([key, value]) => !(PROSE.has(key) && !isRecord(value)))
    .flatMap(([key, value]) => lost(value, newer[key], `${at}/${escaped(key)}`));
  // What was free to leave out must still be.
  const mustNow = !('required' in older) && 'required' in newer && newer['required'] !== false;
  return mustNow ? [...faults, `${at}/required is new`] : faults;
}

function lostOfList(older: readonly Json[], newer: Json, at: string): string[] {
  if (!Array.isArray(newer)) return [`${at} is no list now`];
  const key = at.slice(at.lastIndexOf('/') + 1);
  if (key === 'parameters') return lostParameters(older, newer, at);
  const texts = newer.map((each) => JSON.stringify(each));
  const gone = older.map((each) => JSON.stringify(each)).filter((text) => !texts.includes(text));
  const added = GROWING.has(key) ? 0 : newer.length - older.length;
  return [...gone.map((text) => `${at} has no ${text} now`), ...(added > 0 ? [`${at} has more in it now`] : [])];
}

/** Parameters are known by name and place, and those that are new must be free to leave out. */
function lostParameters(older: readonly Json[], newer: readonly Json[], at: string): string[] {
  const nameOf = (parameter: Json): string => {
    const { name, in: place, $ref } = Object(parameter) as { name?: string; in?: string; $ref?: string };
    return $ref ?? `${place}:${name}`;
  };
  const found = new Map(newer.map((parameter) => [nameOf(parameter), parameter]));
  const known = new Set(older.map(nameOf));
  const faults = older.flatMap((parameter) => {
    const name = nameOf(parameter);
    return lost(parameter, found.get(name), `${at}/${escaped(name)}`);
  });
  const demanded = [...found].filter(([name, parameter]) => !known.has(name) && isDemanded(parameter));
  return [...faults, ...demanded.map(([name]) => `${at} demands ${name} now`)];
}

function isDemanded(parameter: Json): boolean {
  return (Object(parameter) as { required?: boolean }).required === true;
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
