import type { WorkflowVersion } from './workflow-definition';

/**
 * Workflow versions by id and number. They never change, so nothing is ever stale; bounded by the length of their JSON,
 * since one version may have 1 MiB. What was used least recently goes first.
 */
export class VersionCache {
  private readonly entries = new Map<string, WorkflowVersion>();
  /** Also of versions that were let go while somebody still reads them. */
  private readonly weights = new WeakMap<WorkflowVersion, number>();
  private total = 0;

  /** @param maxWeight characters of JSON, all versions together. */
  constructor(private readonly maxWeight = 32 * 1_048_576) {}

  get size(): number {
    return this.entries.size;
  }

  get(workflowId: string, version: number): WorkflowVersion | undefined {
    const key = keyOf(workflowId, version);
    const found = this.entries.get(key);
    if (!found) return undefined;
    // A Map remembers the order of insertion: putting it in again makes it the most recently used.
    this.entries.delete(key);
    this.entries.set(key, found);
    return found;
  }

  /** Keeps the version and freezes it: all who read it share the one object. */
  put(version: WorkflowVersion): WorkflowVersion {
    const key = keyOf(version.workflowId, version.version);
    this.remove(key);
    this.entries.set(key, deepFreeze(version));
    this.weights.set(version, JSON.stringify(version).length);
    this.total += this.weightOf(version);
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.maxWeight) break;
      this.remove(oldest);
    }
    return version;
  }

  /** Characters of the JSON of a version that was `put` here. */
  weightOf(version: WorkflowVersion): number {
    return this.weights.get(version) ?? 0;
  }

  private remove(key: string): void {
    const found = this.entries.get(key);
    if (found) this.total -= this.weightOf(found);
    this.entries.delete(key);
  }
}

function keyOf(workflowId: string, version: number): string {
  return `${workflowId}/${version}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
