import { isId } from '../compare/pointer-pattern';

export interface RouteTemplatesOptions {
  /** Gives the paths of each side's OpenAPI document, or rejects while it has none. */
  readonly sources: readonly (() => Promise<readonly string[]>)[];
  /** How long to leave a side alone that gave none (ms); default 10 s. */
  readonly retryMs?: number;
  readonly now?: () => number;
}

/** What both sides' documents do not know. */
export const NO_ROUTE = '(no such route)';

type Template = readonly string[];

interface Source {
  readonly load: () => Promise<readonly string[]>;
  loaded: boolean;
  /** When it was asked last; -Infinity for never. */
  askedAt: number;
}

/**
 * Finds which route a path is of. The documents of both sides are read at the first question, and again later where that
 * failed: the shadow may start before the sides do.
 */
export class RouteTemplates {
  private readonly sources: readonly Source[];
  private readonly templates: Template[] = [];
  private loading: Promise<void> = Promise.resolve();
  private readonly now: () => number;

  constructor(private readonly options: RouteTemplatesOptions) {
    this.sources = options.sources.map((load) => ({ load, loaded: false, askedAt: -Infinity }));
    this.now = options.now ?? (() => performance.now());
  }

  /** The path with `{id}` in place of ids. */
  async routeOf(path: string): Promise<string> {
    this.loadMissing();
    await this.loading;
    const segments = path.split('/');
    const found = this.templates.find((template) => matches(template, segments));
    if (found) return found.join('/');
    const knowsAny = this.sources.some(({ loaded }) => loaded);
    return knowsAny ? NO_ROUTE : segments.map((segment) => (isId(segment) ? ID : segment)).join('/');
  }

  private loadMissing(): void {
    const { retryMs = 10_000 } = this.options;
    const due = this.sources.filter(({ loaded, askedAt }) => !loaded && this.now() - askedAt >= retryMs);
    if (due.length === 0) return;
    for (const source of due) source.askedAt = this.now();
    this.loading = Promise.all([this.loading, ...due.map((source) => this.load(source))]).then(() => undefined);
  }

  private async load(source: Source): Promise<void> {
    const paths = await source.load().catch(() => undefined);
    if (!paths) return;
    source.loaded = true;
    this.templates.push(...paths.map(templateOf));
    // Words before ids: `/agents/stats` is a route of its own beside `/agents/{id}`.
    this.templates.sort((a, b) => idsIn(a) - idsIn(b));
  }
}

const ID = '{id}';

/** The paths of an OpenAPI document. @throws Error when it has none. */
export function pathsOf(document: unknown): string[] {
  const { paths } = Object(document) as { paths?: object };
  const found = Object.keys(paths ?? {});
  if (found.length === 0) throw new Error('the document has no paths');
  return found;
}

/** Each side has its own names for what a path holds; `{id}` is the same for both. */
function templateOf(path: string): Template {
  return path.split('/').map((segment) => (segment.startsWith('{') ? ID : segment));
}

function matches(template: Template, segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => part === segments[index] || (part === ID && segments[index] !== ''))
  );
}

function idsIn(template: Template): number {
  return template.filter((part) => part === ID).length;
}
