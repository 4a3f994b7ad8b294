import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts what steps wait for without reading the steps that wait for nothing. */
export class OpenWaits1780000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX "ix_step_executions_open_wait" ON agent_step_executions ("wait_kind") WHERE wait_kind IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "ix_step_executions_open_wait"');
  }
}
