import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each attempt of a step has cost, and why. Steps from before have a cost, and nothing that explains it. */
export class StepCharges1780000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agent_step_executions ADD COLUMN charges text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE agent_step_executions DROP COLUMN charges');
  }
}
