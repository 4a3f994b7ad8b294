import type { ExpectedStatement, SqlValue } from '../database';
import { namedPlaceholders } from '../placeholders';
import { isQuestion } from '../transaction-sql';
import type { SqliteHandle } from './sqlite-handle';

/**
 * Runs several statements as one: they are the program of a trigger on a temporary view, which gets their parameters
 * by an INSERT. SQLite compiles the program with that INSERT, once; it is a transaction of its own, all or nothing,
 * and a single trip to the driver, which has no other way to run many statements with parameters in one.
 * A number that is not the expected one fails it (https://sqlite.org/lang_createtrigger.html: `RAISE`, and `changes()`
 * inside a trigger).
 */
export class AtOnce {
  /** The statement that stands for each list of statements. */
  private readonly inserts = new Map<string, string>();

  constructor(private readonly handle: Pick<SqliteHandle, 'execute' | 'script'>) {}

  /** Outside of any transaction. Rejects with the driver's error when nothing was written. */
  async run(statements: readonly ExpectedStatement[]): Promise<void> {
    const insert = this.inserts.get(keyOf(statements)) ?? (await this.prepare(statements));
    await this.handle.execute(insert, statements.flatMap(valuesOf));
  }

  private async prepare(statements: readonly ExpectedStatement[]): Promise<string> {
    const view = `at_once_${this.inserts.size + 1}`;
    const names = statements.flatMap(valuesOf).map((_, index) => `v${index + 1}`);
    let taken = 0;
    const program = statements.flatMap((statement) => {
      const first = taken + 1;
      taken += valuesOf(statement).length;
      return programOf(statement, first, `NEW.v${taken}`);
    });
    await this.handle.script(
      `CREATE TEMP VIEW ${view} AS SELECT ${names.map((name) => `NULL AS ${name}`).join(', ')}`,
      `CREATE TEMP TRIGGER ${view}_run INSTEAD OF INSERT ON ${view} BEGIN ${program.join('; ')}; END`,
    );
    const insert = `INSERT INTO ${view} VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`;
    this.inserts.set(keyOf(statements), insert);
    return insert;
  }
}

function keyOf(statements: readonly ExpectedStatement[]): string {
  return statements.map(({ sql, expected }) => (expected === undefined ? sql : `${sql} =`)).join(';');
}

/** The parameters, and then the expected number. */
function valuesOf({ parameters, expected }: ExpectedStatement): SqlValue[] {
  return expected === undefined ? [...parameters] : [...parameters, expected];
}

/** @param first number of its first parameter among those of all */
function programOf({ sql, expected }: ExpectedStatement, first: number, expectedName: string): string[] {
  const statement = namedPlaceholders(sql, (digits) => `NEW.v${first + Number(digits) - 1}`);
  if (expected === undefined) return [statement];
  const refuseUnless = (actual: string) =>
    `SELECT RAISE(ABORT, 'not as expected') WHERE ${actual} IS NOT ${expectedName}`;
  return isQuestion(sql) ? [refuseUnless(`(${statement})`)] : [statement, refuseUnless('changes()')];
}
