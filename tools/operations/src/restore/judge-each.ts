import { type OnProgress, pagesOf, type StoredDatabase } from '../backup/stored-database';
import { Findings } from './checks';

export interface JudgedRows<Row> {
  /** Of the rows after the id `$1`. */
  readonly statement: string;
  /** How many there are. */
  readonly total: number;
  /** What is wrong with a row, if anything is. */
  readonly faultOf: (row: Row) => string | undefined | Promise<string | undefined>;
  readonly onProgress: OnProgress;
}

/** Judges the rows of a table one after another, page by page. */
export async function judgeEach<Row extends { readonly id: string }>(
  database: StoredDatabase,
  { statement, total, faultOf, onProgress }: JudgedRows<Row>,
): Promise<Findings> {
  const findings = new Findings();
  let done = 0;
  for await (const rows of pagesOf<Row>(database, statement)) {
    for (const row of rows) {
      findings.look();
      const fault = await faultOf(row);
      if (fault !== undefined) findings.fault(fault);
    }
    done += rows.length;
    onProgress(done, total);
  }
  return findings;
}
