import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which trace an execution belongs to. */
export class ExecutionTraces1780000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agent_executions ADD COLUMN trace_parent varchar(55)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agent_executions DROP COLUMN trace_parent');
  }
}
