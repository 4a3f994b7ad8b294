import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { count, primary, units } from './columns';

/**
 * The order in which readers of the events of all executions go through them. On PostgreSQL the database writes the id of
 * the transaction beside each event, whichever release inserts it. That default belongs to a domain and not to the column:
 * so the schema is the one that the entities describe for both engines. What is there already gets 0, without being rewritten.
 */
export class EventFeed1780000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of isPostgres(runner) ? COLUMN_ON_POSTGRES : COLUMN_ON_SQLITE) await runner.query(statement);
    await runner.query(
      'CREATE INDEX "ix_execution_events_commit" ON execution_events ("commit_xid") WHERE commit_xid IS NOT NULL',
    );
    await runner.createTable(feedTable(), false, true, true);
    await runner.query('INSERT INTO execution_feed (id, last_place) VALUES (1, 0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(feedTable(), false, true, true);
    await runner.query('DROP INDEX "ix_execution_events_commit"');
    await runner.query('ALTER TABLE execution_events DROP COLUMN commit_xid');
    if (isPostgres(runner)) await runner.query('DROP DOMAIN commit_xid');
  }
}

const COLUMN_ON_SQLITE = ['ALTER TABLE execution_events ADD COLUMN commit_xid bigint'];

/** The domain gets its default last: with it, ADD COLUMN would rewrite every row. */
const COLUMN_ON_POSTGRES = [
  'CREATE DOMAIN commit_xid AS bigint',
  'ALTER TABLE execution_events ADD COLUMN commit_xid commit_xid DEFAULT 0',
  'ALTER TABLE execution_events ALTER COLUMN commit_xid DROP DEFAULT',
  'ALTER DOMAIN commit_xid SET DEFAULT pg_current_xact_id()::text::bigint',
];

function feedTable(): Table {
  return new Table({ name: 'execution_feed', columns: [count('id', primary), units('last_place')] });
}

function isPostgres(runner: QueryRunner): boolean {
  return runner.connection.options.type === 'postgres';
}
