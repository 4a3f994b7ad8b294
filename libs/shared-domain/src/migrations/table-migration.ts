import type { MigrationInterface, QueryRunner, Table } from 'typeorm';

/** A migration that makes tables, and takes them away again. */
export abstract class TableMigration implements MigrationInterface {
  /** In the order of their foreign keys. */
  protected abstract tables(): Table[];

  async up(runner: QueryRunner): Promise<void> {
    for (const table of this.tables()) {
      await runner.createTable(table, false, true, true);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of this.tables().reverse()) {
      await runner.dropTable(table, false, true, true);
    }
  }
}
