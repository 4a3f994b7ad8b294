/** What is read of a `package-lock.json` (lock file version 3). */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The folders below the workspace (`node_modules/…`) of the packages that a program needs at run time: its dependencies,
 * theirs, and so on, each where Node would find it. So a release has the very packages that its tests ran with, and none of
 * those that only build or test it.
 * @throws Error when the lock file lacks one that is not optional
 */
export function productionPackages(lock: LockFile, dependencies: readonly string[]): string[] {
  const found = new Set<string>();
  const queue = dependencies.map((name) => ({ name, from: '', optional: false }));
  for (let next = queue.pop(); next; next = queue.pop()) {
    const path = resolved(lock, next.name, next.from);
    if (path === undefined) {
      if (next.optional) continue;
      throw new Error(`package-lock.json lacks ${next.name}, which ${next.from || 'the program'} needs`);
    }
    if (found.has(path)) continue;
    found.add(path);
    const entry = lock.packages[path] ?? {};
    const all = (names: object | undefined, optional: boolean) =>
      Object.keys(names ?? {}).map((name) => ({ name, from: path, optional }));
    queue.push(...all(entry.dependencies, false), ...all(entry.optionalDependencies, true));
  }
  return [...found].sort();
}

/** As Node looks: in `node_modules` of the package, and of each that it lies in. */
function resolved({ packages }: LockFile, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = parentPackage(folder)) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

/** `node_modules/a/node_modules/@b/c` → `node_modules/a` → `` (the workspace). */
function parentPackage(path: string): string {
  const index = path.lastIndexOf('/node_modules/');
  return index === -1 ? '' : path.slice(0, index);
}
