import { type QueryRunner, Table } from 'typeorm';
import { oneOf } from '../columns/checks';
import { count, flag, json, longText, optional, primary, text, time } from './columns';
import { TableMigration } from './table-migration';

/** Webhooks, their deliveries, and how far events have been made deliveries. */
export class Webhooks1780000007000 extends TableMigration {
  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query('INSERT INTO webhook_feed (id, position) VALUES (1, NULL)');
  }

  protected tables(): Table[] {
    return [webhookTable(), deliveryTable(), laneTable(), feedTable()];
  }
}

function webhookTable(): Table {
  return new Table({
    name: 'webhooks',
    columns: [
      text('id', 60, primary),
      text('owner_id', 200),
      text('url', 2048),
      longText('description', optional),
      json('event_types'),
      text('workflow_id', 60, optional),
      flag('active'),
      text('disabled_reason', 20, optional),
      time('disabled_at', optional),
      time('failing_since', optional),
      text('secret', 200),
      text('previous_secret', 200, optional),
      time('previous_secret_until', optional),
      time('created_at'),
      time('updated_at'),
      time('deleted_at', optional),
    ],
    checks: [{ name: 'ck_webhooks_disabled_reason', expression: oneOf('disabled_reason', ['gone', 'failing']) }],
    indices: [
      { name: 'ix_webhooks_owner', columnNames: ['owner_id', 'id'] },
      { name: 'ix_webhooks_active', columnNames: ['id'], where: 'active' },
      { name: 'ix_webhooks_disabled', columnNames: ['disabled_at'], where: 'disabled_at IS NOT NULL' },
    ],
  });
}

function deliveryTable(): Table {
  return new Table({
    name: 'webhook_deliveries',
    columns: [
      text('id', 60, primary),
      text('webhook_id', 60),
      text('lane', 60),
      count('seq'),
      text('event_type', 40),
      longText('payload'),
      text('status', 20),
      count('attempts'),
      count('last_status_code', optional),
      text('last_error', 500, optional),
      time('last_attempt_at', optional),
      time('next_attempt_at', optional),
      time('created_at'),
      time('completed_at', optional),
    ],
    checks: [
      {
        name: 'ck_webhook_deliveries_status',
        expression: oneOf('status', ['pending', 'retrying', 'succeeded', 'dead']),
      },
    ],
    foreignKeys: [ofWebhook('fk_webhook_deliveries_webhook')],
    indices: [
      { name: 'ux_webhook_deliveries_event', columnNames: ['webhook_id', 'lane', 'seq'], isUnique: true },
      {
        name: 'ix_webhook_deliveries_open',
        columnNames: ['webhook_id', 'lane', 'seq'],
        where: 'completed_at IS NULL',
      },
      { name: 'ix_webhook_deliveries_webhook', columnNames: ['webhook_id', 'id'] },
      { name: 'ix_webhook_deliveries_status', columnNames: ['webhook_id', 'status', 'id'] },
      {
        name: 'ix_webhook_deliveries_completed',
        columnNames: ['completed_at'],
        where: 'completed_at IS NOT NULL',
      },
    ],
  });
}

function laneTable(): Table {
  return new Table({
    name: 'webhook_lanes',
    columns: [
      text('webhook_id', 60, primary),
      text('lane', 60, primary),
      time('due_at'),
      text('lease_token', 120, optional),
    ],
    foreignKeys: [ofWebhook('fk_webhook_lanes_webhook')],
    indices: [{ name: 'ix_webhook_lanes_due', columnNames: ['webhook_id', 'due_at'] }],
  });
}

function feedTable(): Table {
  return new Table({ name: 'webhook_feed', columns: [count('id', primary), text('position', 200, optional)] });
}

function ofWebhook(name: string) {
  return { name, columnNames: ['webhook_id'], referencedTableName: 'webhooks', referencedColumnNames: ['id'] };
}
