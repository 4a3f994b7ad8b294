import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which trace a job belongs to. */
export class JobTraces1780000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs ADD COLUMN trace_parent varchar(55)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs DROP COLUMN trace_parent');
  }
}
