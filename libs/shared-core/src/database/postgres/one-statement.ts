import type { ExpectedStatement, SqlValue } from '../database';
import { namedPlaceholders } from '../placeholders';
import { isQuestion } from '../transaction-sql';

export interface OneStatement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/**
 * Several statements as one, each in a `WITH` of its own, so that none sees what the others write
 * (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING). A number that is not the expected
 * one divides by zero, which undoes all of them; those that nothing is expected of run after that was seen.
 */
export function oneStatement(statements: readonly ExpectedStatement[]): OneStatement {
  const parameters: SqlValue[] = [];
  const conditions: string[] = [];
  const parts = statements.map((statement, index) => {
    const { sql, expected } = statement;
    const before = parameters.length;
    const text = namedPlaceholders(sql, (digits) => `$${before + Number(digits)}`);
    parameters.push(...statement.parameters);
    const asks = isQuestion(sql);
    if (expected !== undefined) {
      parameters.push(expected);
      const actual = asks ? `SELECT * FROM s${index}` : `SELECT count(*) FROM s${index}`;
      conditions.push(`(${actual}) = $${parameters.length}`);
    }
    return `s${index} AS (${text}${asks ? '' : ' RETURNING 1'})`;
  });
  const met = conditions.length > 0 ? conditions.join(' AND ') : 'true';
  return { sql: `WITH ${parts.join(', ')} SELECT 1 / CASE WHEN ${met} THEN 1 ELSE 0 END`, parameters };
}
