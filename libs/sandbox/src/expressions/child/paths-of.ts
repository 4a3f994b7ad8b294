/** A node of JSONata's syntax tree (https://docs.jsonata.org/processing), as far as it is read here. */
type Node = Readonly<Record<string, unknown>>;

/** Parts of a node that are evaluated in another context than the node itself: for each item of a sequence, say. */
const OTHER_CONTEXT = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete']);

/**
 * The paths that an expression reads from what it is given, as their names are written: `steps.a.output` gives
 * `['steps', 'a', 'output']`, `$steps.a` gives `['$steps', 'a']`. A path ends where something else than a name follows
 * (a filter, a wildcard). Left out is whatever begins in a context of its own, as `x` in `orders.(x)`, and variables that
 * the expression itself binds.
 */
export function pathsOf(syntaxTree: unknown): string[][] {
  const paths: string[][] = [];
  const bound = new Set<string>();
  walk(syntaxTree, true, paths, bound);
  return paths.filter(([first = '']) => !bound.has(first));
}

function walk(part: unknown, atRoot: boolean, paths: string[][], bound: Set<string>): void {
  if (Array.isArray(part)) for (const each of part) walk(each, atRoot, paths, bound);
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
  const node: Node = { ...part };
  for (const name of bindingsOf(node)) bound.add(`$${name}`);
  if (node['type'] === 'path' && Array.isArray(node['steps'])) {
    const [first, ...rest] = node['steps'] as Node[];
    const path = names([first, ...rest], atRoot);
    if (path.length > 0) paths.push(path);
    walk(first, atRoot, paths, bound);
    walk(rest, false, paths, bound);
    walk(node['group'], false, paths, bound);
    return;
  }
  for (const [key, child] of Object.entries(node)) walk(child, atRoot && !OTHER_CONTEXT.has(key), paths, bound);
}

/** The names that a path begins with. `$` and `$$` are the root itself where that is the context. */
function names([first, ...rest]: readonly (Node | undefined)[], atRoot: boolean): string[] {
  const start = startOf(first, atRoot);
  if (!start || !first) return [];
  const path = [...start];
  for (let before = first, index = 0; index < rest.length; index += 1) {
    const next = rest[index];
    if (next?.['type'] !== 'name' || isFiltered(before)) break;
    path.push(String(next['value']));
    before = next;
  }
  return path;
}

function startOf(first: Node | undefined, atRoot: boolean): string[] | undefined {
  const name = String(first?.['value']);
  if (first?.['type'] === 'name') return atRoot ? [name] : undefined;
  if (first?.['type'] !== 'variable') return undefined;
  if (name === '') return atRoot ? [] : undefined;
  return name === '$' ? [] : [`$${name}`];
}

/** What follows is read from some items of it, or from another place altogether (`@$v`, `#$i`). */
function isFiltered(node: Node): boolean {
  return ['stages', 'predicate', 'focus', 'index'].some((key) => node[key] !== undefined);
}

function bindingsOf(node: Node): string[] {
  const variables = (parts: unknown) => (Array.isArray(parts) ? parts : [parts]) as Node[];
  const joined = [node['focus'], node['index']].filter((name) => typeof name === 'string');
  if (node['type'] === 'bind') return variables(node['lhs']).map(({ value }) => String(value));
  if (node['type'] === 'lambda') return variables(node['arguments']).map(({ value }) => String(value));
  return joined;
}
