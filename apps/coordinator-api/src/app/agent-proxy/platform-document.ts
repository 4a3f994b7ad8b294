import type { OpenApiDocument } from '@aitbc/shared-core';

export interface PlatformDocumentOptions {
  /** Of agent-management, without a slash at its end. */
  readonly url: string;
  /** How long its document is good (ms); default 60 s. */
  readonly freshMs?: number;
}

/** The first time it is asked for, it is made, which takes a busy machine a second. */
const TIMEOUT_MS = 5_000;

/**
 * What this service describes: what it serves itself, and what it passes on. The description of the latter is the agent
 * service's own; while that is away, the last one is shown, or none.
 */
export class PlatformDocument {
  private agents: { readonly document: OpenApiDocument; readonly at: number } | undefined;

  constructor(private readonly options: PlatformDocumentOptions) {}

  /** The service's own document with that of the agent service in it. */
  async complete(own: OpenApiDocument): Promise<OpenApiDocument> {
    const { freshMs = 60_000 } = this.options;
    if (!this.agents || Date.now() - this.agents.at >= freshMs) await this.refresh();
    return this.agents ? merged(own, this.agents.document) : own;
  }

  private async refresh(): Promise<void> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(`${this.options.url}/openapi.json`, { signal, redirect: 'error' });
      const document: unknown = await response.json();
      if (response.ok && isDocument(document)) this.agents = { document, at: Date.now() };
    } catch {
      // The proxy tells of the outage, where somebody is refused by it; a description is worth no alarm.
    }
  }
}

function isDocument(value: unknown): value is OpenApiDocument {
  const { openapi, paths, components } = Object(value) as Partial<Record<string, unknown>>;
  return openapi === '3.1.0' && typeof paths === 'object' && typeof components === 'object';
}

/** What both describe, such as the probes, is described by the first. */
function merged(own: OpenApiDocument, other: OpenApiDocument): OpenApiDocument {
  const kinds = Object.keys({ ...other.components, ...own.components });
  const components = kinds.map((kind) => [kind, { ...entriesOf(other, kind), ...entriesOf(own, kind) }] as const);
  return {
    ...own,
    tags: [...new Map([...tagsOf(other), ...tagsOf(own)].map((tag) => [tag.name, tag])).values()],
    paths: { ...other.paths, ...own.paths },
    components: Object.fromEntries(components) as unknown as OpenApiDocument['components'],
  };
}

function entriesOf({ components }: OpenApiDocument, kind: string): object {
  return components[kind] as object;
}

function tagsOf({ tags }: OpenApiDocument): readonly { readonly name: string }[] {
  return (tags ?? []) as readonly { readonly name: string }[];
}
