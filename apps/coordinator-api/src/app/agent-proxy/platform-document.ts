import type { OpenApiDocument } from '@aitbc/shared-core';
import type { Request } from 'express';
import { HOP, hasPassedHere } from './proxy-headers';

export interface PlatformDocumentOptions {
  /** Of agent-management, without a slash at its end. */
  readonly url: string;
  /** How long its document is good (ms); default 60 s. */
  readonly freshMs?: number;
}

/** The first time it is asked for, it is made, which takes a busy machine a second. */
const TIMEOUT_MS = 5_000;

/** After which a service that did not tell is asked again (ms). */
const AGAIN_MS = 5_000;

/**
 * What this service describes: what it serves itself, and what it passes on. The description of the latter is the agent
 * service's own; while that is away, the last one is shown, or none.
 */
export class PlatformDocument {
  private agents: OpenApiDocument | undefined;
  private whole: OpenApiDocument | undefined;
  private askAgainAt = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(private readonly options: PlatformDocumentOptions) {}

  /**
   * The service's own document with that of the agent service in it; the same object as long as both are the same. A
   * request that has passed here before gets the own one: whoever is asked for the other one would ask us again.
   */
  async complete(own: OpenApiDocument, req: Pick<Request, 'headers'>): Promise<OpenApiDocument> {
    if (hasPassedHere(req)) return own;
    // Who comes while it is asked waits for the same answer.
    if (Date.now() >= this.askAgainAt) this.asking ??= this.refresh().finally(() => (this.asking = undefined));
    await this.asking;
    if (!this.agents) return own;
    this.whole ??= merged(own, this.agents);
    return this.whole;
  }

  private async refresh(): Promise<void> {
    const { url, freshMs = 60_000 } = this.options;
    this.askAgainAt = Date.now() + Math.min(freshMs, AGAIN_MS);
    try {
      const request = { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { via: HOP }, redirect: 'error' } as const;
      const response = await fetch(`${url}/openapi.json`, request);
      const document: unknown = await response.json();
      if (!response.ok || !isDocument(document)) return;
      this.agents = document;
      this.whole = undefined;
      this.askAgainAt = Date.now() + freshMs;
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
