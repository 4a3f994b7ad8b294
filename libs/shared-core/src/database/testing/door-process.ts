import { openDatabase } from '../open-database';
import { entry, EntryEntity, LEDGER } from './ledger';

/**
 * Run as a process of its own, driven by messages. Answers `'ready'` at first, then one answer to each order but
 * `stop`. Ends when the parent disconnects.
 */
export type Order =
  /** Opens (migrates, prepares) and closes the database; the answer is `'opened'` or the error. */
  | { readonly order: 'open'; readonly url: string }
  /** Writes as fast as it can; answers `'writing'` after the first commit, and after `stop` a `SaturationReport`. */
  | { readonly order: 'saturate'; readonly url: string; readonly callers: number; readonly rowsPerUnit: number }
  | { readonly order: 'stop' };

export interface SaturationReport {
  readonly committed: number;
  /** How often it held the write lock (SQLite). */
  readonly batches: number;
  readonly errors: readonly string[];
  readonly longestMs: number;
}

let stopped = false;

process.on('message', (order: Order) => {
  if (order.order === 'stop') stopped = true;
  else void (order.order === 'open' ? openOnce(order.url) : saturate(order)).catch(String).then(answer);
});
answer('ready');

function answer(message: string | SaturationReport): void {
  process.send?.(message);
}

async function openOnce(url: string): Promise<string> {
  const database = await openDatabase({
    url,
    ...LEDGER,
    // Made by whichever process comes first; a second insert of the same id would fail.
    prepare: async (manager) => {
      if (!(await manager.existsBy(EntryEntity, { id: 'prepared' })))
        await manager.insert(EntryEntity, entry('prepared'));
    },
  });
  await database.close();
  return 'opened';
}

async function saturate(order: Order & { readonly order: 'saturate' }): Promise<SaturationReport> {
  stopped = false;
  const database = await openDatabase({ url: order.url, ...LEDGER });
  const report = { committed: 0, batches: 0, errors: [] as string[], longestMs: 0 };
  let next = 0;
  const call = async (): Promise<void> => {
    while (!stopped) {
      const rows = Array.from({ length: order.rowsPerUnit }, () => entry(`other-${(next += 1)}`));
      const started = performance.now();
      try {
        await database.write((manager) => manager.insert(EntryEntity, rows));
        report.committed += 1;
        if (report.committed === 1) answer('writing');
      } catch (error) {
        report.errors.push(String(error));
      }
      report.longestMs = Math.max(report.longestMs, performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: order.callers }, call));
  report.batches = database.stats().batches;
  await database.close();
  return report;
}
