import { DatabaseSync } from 'node:sqlite';
import { waitFor } from '@aitbc/shared-core/testing';

/** The write lock of a SQLite file, held by somebody else than the services. It never blocks this process. */
export class SqliteLock {
  private readonly database: DatabaseSync;

  constructor(file: string) {
    this.database = new DatabaseSync(file, { timeout: 0 });
  }

  /** Whether it was free, and is held now. */
  tryTake(): boolean {
    try {
      this.database.exec('BEGIN IMMEDIATE');
      return true;
    } catch {
      return false;
    }
  }

  /** Resolves when it is held. @throws Error when that takes longer. */
  async take(timeoutMs = 20_000): Promise<void> {
    await waitFor(() => this.tryTake(), { timeoutMs, everyMs: 1 });
  }

  /** Whoever holds it lets it go within this time; a process that does nothing more never does. */
  async isFreeWithin(ms: number): Promise<boolean> {
    const taken = await this.take(ms).then(
      () => true,
      () => false,
    );
    if (taken) this.database.exec('ROLLBACK');
    return taken;
  }

  /** Lets go of it. */
  close(): void {
    this.database.close();
  }
}
