import { migrationColumns, TableMigration } from '@aitbc/shared-domain';
import { Table } from 'typeorm';

const { count, longText, primary, text, time } = migrationColumns;

/** The text of jobs whose clients read along while it comes. */
export class JobChunks1780000003000 extends TableMigration {
  protected tables(): Table[] {
    return [
      new Table({
        name: 'job_chunks',
        columns: [
          text('job_id', 60, primary),
          count('seq', primary),
          count('attempt'),
          count('position'),
          longText('text'),
          time('created_at'),
        ],
        foreignKeys: [
          {
            name: 'fk_job_chunks_job',
            columnNames: ['job_id'],
            referencedTableName: 'jobs',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        indices: [{ name: 'ix_job_chunks_age', columnNames: ['created_at'], where: 'seq = 1' }],
      }),
    ];
  }
}
