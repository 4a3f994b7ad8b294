import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { longText, optional, primary, text, time } from './columns';

/**
 * Pausing, signals, budgets that are set aside, adopted steps, and the indexes of retries and of retention. Columns and
 * indexes are made in plain SQL, since TypeORM would copy whole tables on SQLite.
 */
export class ExecutionControl1780000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, name, type } of COLUMNS) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
    for (const { name, on } of INDEXES) await runner.query(`CREATE INDEX "${name}" ON ${on}`);
    await runner.createTable(signalTable(), false, true, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(signalTable(), false, true, true);
    for (const { name } of INDEXES) await runner.query(`DROP INDEX "${name}"`);
    for (const { table, name } of COLUMNS) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
  }
}

const COLUMNS = [
  { table: 'agent_executions', name: 'paused_at', type: 'bigint' },
  { table: 'agent_step_executions', name: 'reserved_cost', type: 'bigint NOT NULL DEFAULT 0' },
  { table: 'agent_step_executions', name: 'awaited', type: 'text' },
  { table: 'agent_step_executions', name: 'adopted_from', type: 'varchar(60)' },
];

const INDEXES = [
  { name: 'ix_executions_retry_of', on: 'agent_executions ("retry_of") WHERE retry_of IS NOT NULL' },
  { name: 'ix_executions_completed', on: 'agent_executions ("completed_at") WHERE completed_at IS NOT NULL' },
];

function signalTable(): Table {
  return new Table({
    name: 'execution_signals',
    columns: [
      text('id', 60, primary),
      text('execution_id', 60),
      text('name', 64),
      longText('data'),
      text('sent_by', 200),
      time('sent_at'),
      time('consumed_at', optional),
    ],
    foreignKeys: [
      {
        name: 'fk_execution_signals_execution',
        columnNames: ['execution_id'],
        referencedTableName: 'agent_executions',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
    indices: [
      { name: 'ix_execution_signals_pending', columnNames: ['execution_id', 'id'], where: 'consumed_at IS NULL' },
      { name: 'ix_execution_signals_execution', columnNames: ['execution_id'] },
    ],
  });
}
