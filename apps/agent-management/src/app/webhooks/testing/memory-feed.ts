import type { EventFeed, FeedEvent, FeedPage } from '../../executions';

/** A feed in memory: events happen when the test says so. */
export class MemoryFeed implements EventFeed {
  readonly events: FeedEvent[] = [];
  reads = 0;
  private readonly listeners = new Set<() => void>();

  get listening(): boolean {
    return this.listeners.size > 0;
  }

  read(after: string | null, limit: number): Promise<FeedPage> {
    this.reads += 1;
    const from = Number(after ?? 0);
    const events = this.events.slice(from, from + limit);
    const next = from + events.length;
    return Promise.resolve({ events, next: String(next), more: next < this.events.length });
  }

  end(): Promise<string> {
    return Promise.resolve(String(this.events.length));
  }

  onNews(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The next event of this execution. */
  happen(executionId: string, changes: Partial<FeedEvent> = {}): void {
    const seq = this.events.filter((event) => event.executionId === executionId).length + 1;
    const position = String(this.events.length + 1);
    const event = { ownerId: 'alice', workflowId: 'wf_1', type: 'step.completed', stepId: 'a', data: {} };
    this.events.push({ ...event, executionId, seq, position, occurredAt: seq, ...changes });
    for (const listener of [...this.listeners]) listener();
  }
}
