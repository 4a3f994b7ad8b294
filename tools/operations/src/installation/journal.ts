import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Layout, ReleasedApp } from '../layout';

/** A line of the journal of releases: who asks at night what has changed finds it there. */
export interface JournalEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly action: 'install' | 'upgrade' | 'rollback' | 'uninstall';
  readonly app: ReleasedApp;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** `returned`: the release before serves again. */
  readonly outcome: 'done' | 'returned' | 'failed';
  readonly reason?: string | undefined;
}

function journalFile(layout: Layout): string {
  return layout.below('var/log/aitbc/releases.jsonl');
}

export function noteInJournal(layout: Layout, entry: Omit<JournalEntry, 'at'>): void {
  const path = journalFile(layout);
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
}

/** The latest `count`, the latest last. */
export function readJournal(layout: Layout, count: number): JournalEntry[] {
  const path = journalFile(layout);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.slice(-count).map((line) => JSON.parse(line) as JournalEntry);
}
