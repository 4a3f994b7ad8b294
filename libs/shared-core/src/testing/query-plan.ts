import type { Database } from '../database/database';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** A row of the answer: `detail` from SQLite, `QUERY PLAN` from PostgreSQL. */
interface PlanStep {
  readonly detail?: string;
  readonly 'QUERY PLAN'?: string;
}

/** How the database would run a statement, one step a line; on PostgreSQL as for tables too large to scan or to sort. */
export async function planOf(
  db: Database,
  statement: string,
  parameters: readonly (string | number)[] = [],
): Promise<string> {
  const plan =
    db.engine === 'sqlite'
      ? await db.readSql((sql) => sql.query<PlanStep>(`EXPLAIN QUERY PLAN ${statement}`, parameters))
      : await db.writeSet(async (sql) => {
          await sql.query('SET LOCAL enable_seqscan = off');
          await sql.query('SET LOCAL enable_sort = off');
          return sql.query<PlanStep>(`EXPLAIN ${statement}`, parameters);
        });
  return plan.map((step) => step.detail ?? step['QUERY PLAN']).join('\n');
}

/** The plan of a query that a repository builds. */
export async function planOfQuery<Row extends ObjectLiteral>(
  db: Database,
  build: (manager: EntityManager) => SelectQueryBuilder<Row>,
): Promise<string> {
  const [statement, parameters] = await db.read((manager) => Promise.resolve(build(manager).getQueryAndParameters()));
  return planOf(db, statement, parameters as (string | number)[]);
}

/** A step that reads a whole table; an index that is read as a whole is none. */
export const TABLE_SCAN = /^\s*(->\s*)?(Seq Scan|SCAN \w+(?! USING)(\s|$))/m;
