import { Table } from 'typeorm';
import { oneOf } from '../columns/checks';
import { count, flag, json, longText, optional, primary, text, time, units } from './columns';
import { TableMigration } from './table-migration';

const LIFECYCLES = ['registered', 'active', 'suspended', 'retired'];
const AGENT_STATUSES = ['available', 'busy', 'offline', 'maintenance'];
const STEP_TYPES = ['inference', 'training', 'data_processing', 'verification', 'custom'];
const LEVELS = ['basic', 'full', 'zero-knowledge'];
const EXECUTION_STATUSES = ['pending', 'running', 'waiting', 'paused', 'completed', 'failed', 'cancelled'];
const STEP_STATUSES = ['pending', 'running', 'waiting', 'completed', 'failed', 'skipped', 'cancelled'];
const COORDINATION_KINDS = ['centralized', 'decentralized', 'hierarchical'];

/**
 * The first schema of the agent context. The enums are spelt out: a migration says what was true when it was written,
 * whatever the entities say later.
 */
export class AgentContext1780000000000 extends TableMigration {
  protected tables(): Table[] {
    return [...agentTables(), ...workflowTables(), ...executionTables(), networkTable()];
  }
}

function agentTables(): Table[] {
  const agents = new Table({
    name: 'agents',
    columns: [
      text('id', 100, primary),
      text('owner_id', 200),
      text('name', 100, optional),
      json('public_key'),
      text('encryption_key', 4096, optional),
      json('capabilities'),
      text('agent_type', 50),
      text('endpoint_url', 2048, optional),
      json('metadata'),
      text('lifecycle', 20),
      text('status', 20),
      json('last_report', optional),
      time('last_heartbeat_at', optional),
      time('created_at'),
      time('updated_at'),
    ],
    checks: [
      { name: 'ck_agents_lifecycle', expression: oneOf('lifecycle', LIFECYCLES) },
      { name: 'ck_agents_status', expression: oneOf('status', AGENT_STATUSES) },
    ],
    indices: [
      { name: 'ix_agents_owner', columnNames: ['owner_id', 'id'] },
      { name: 'ix_agents_heartbeat', columnNames: ['last_heartbeat_at'] },
    ],
  });
  const capabilities = new Table({
    name: 'agent_capabilities',
    columns: [text('capability', 100, primary), text('agent_id', 100, primary)],
    foreignKeys: [reference('fk_agent_capabilities_agent', ['agent_id'], 'agents', ['id'])],
    indices: [{ name: 'ix_agent_capabilities_agent', columnNames: ['agent_id'] }],
  });
  return [agents, capabilities];
}

function workflowTables(): Table[] {
  const workflows = new Table({
    name: 'ai_agent_workflows',
    columns: [
      text('id', 60, primary),
      text('owner_id', 200),
      flag('is_public'),
      count('current_version'),
      time('created_at'),
      time('updated_at'),
      time('deleted_at', optional),
    ],
    indices: [
      { name: 'ix_workflows_owner', columnNames: ['owner_id', 'id'] },
      { name: 'ix_workflows_public', columnNames: ['is_public', 'id'] },
    ],
  });
  const tags = new Table({
    name: 'ai_agent_workflow_tags',
    columns: [text('tag', 50, primary), text('workflow_id', 60, primary)],
    foreignKeys: [reference('fk_workflow_tags_workflow', ['workflow_id'], 'ai_agent_workflows', ['id'])],
    indices: [{ name: 'ix_workflow_tags_workflow', columnNames: ['workflow_id'] }],
  });
  const versions = new Table({
    name: 'ai_agent_workflow_versions',
    columns: [
      text('workflow_id', 60, primary),
      count('version', primary),
      text('name', 100),
      longText('description', optional),
      json('tags'),
      json('dependencies'),
      json('outputs', optional),
      count('max_execution_time'),
      units('max_cost_budget'),
      flag('requires_verification'),
      text('verification_level', 20),
      text('workflow_hash', 64),
      time('created_at'),
    ],
    checks: [{ name: 'ck_workflow_versions_level', expression: oneOf('verification_level', LEVELS) }],
    foreignKeys: [reference('fk_workflow_versions_workflow', ['workflow_id'], 'ai_agent_workflows', ['id'])],
  });
  return [workflows, tags, versions, stepTable()];
}

function stepTable(): Table {
  return new Table({
    name: 'agent_steps',
    columns: [
      text('workflow_id', 60, primary),
      count('version', primary),
      text('step_id', 64, primary),
      count('position'),
      text('name', 100),
      text('step_type', 20),
      json('config'),
      json('model_requirements'),
      json('input_mappings', optional),
      json('output_mappings', optional),
      count('timeout_seconds'),
      count('max_retries'),
      json('retry_policy', optional),
      longText('when_expression', optional),
      flag('requires_proof'),
      text('verification_level', 20, optional),
    ],
    checks: [{ name: 'ck_agent_steps_type', expression: oneOf('step_type', STEP_TYPES) }],
    foreignKeys: [
      reference('fk_agent_steps_version', ['workflow_id', 'version'], 'ai_agent_workflow_versions', [
        'workflow_id',
        'version',
      ]),
    ],
  });
}

function executionTables(): Table[] {
  return [executionTable(), stepExecutionTable(), eventTable(), receiptTable()];
}

function executionTable(): Table {
  return new Table({
    name: 'agent_executions',
    columns: [
      text('id', 60, primary),
      text('workflow_id', 60),
      count('workflow_version'),
      text('owner_id', 200),
      text('agent_id', 100, optional),
      text('status', 20),
      longText('inputs'),
      longText('final_result', optional),
      text('error_code', 60, optional),
      longText('error_message', optional),
      text('failed_step', 64, optional),
      text('verification_level', 20),
      count('max_execution_time'),
      units('max_cost_budget'),
      units('total_cost'),
      count('total_steps'),
      count('completed_steps'),
      text('current_step', 64, optional),
      count('event_seq'),
      count('lease_epoch'),
      text('lease_owner', 100, optional),
      time('wake_at', optional),
      time('deadline_at', optional),
      count('engine_flags'),
      text('retry_of', 60, optional),
      time('started_at', optional),
      time('completed_at', optional),
      time('created_at'),
      time('updated_at'),
    ],
    checks: [
      { name: 'ck_executions_status', expression: oneOf('status', EXECUTION_STATUSES) },
      { name: 'ck_executions_level', expression: oneOf('verification_level', LEVELS) },
    ],
    foreignKeys: [
      {
        name: 'fk_executions_version',
        columnNames: ['workflow_id', 'workflow_version'],
        referencedTableName: 'ai_agent_workflow_versions',
        referencedColumnNames: ['workflow_id', 'version'],
      },
    ],
    indices: [
      { name: 'ix_executions_owner', columnNames: ['owner_id', 'id'] },
      { name: 'ix_executions_owner_status', columnNames: ['owner_id', 'status', 'id'] },
      { name: 'ix_executions_workflow', columnNames: ['workflow_id', 'workflow_version', 'status', 'id'] },
      { name: 'ix_executions_wake', columnNames: ['wake_at'], where: 'wake_at IS NOT NULL' },
    ],
  });
}

function stepExecutionTable(): Table {
  return new Table({
    name: 'agent_step_executions',
    columns: [
      text('id', 60, primary),
      text('execution_id', 60),
      text('step_id', 64),
      text('step_type', 20),
      text('status', 20),
      count('attempt'),
      longText('input', optional),
      longText('output', optional),
      text('error_code', 60, optional),
      longText('error_message', optional),
      units('cost'),
      json('metrics', optional),
      text('wait_kind', 20, optional),
      text('wait_ref', 100, optional),
      time('wait_until', optional),
      time('deadline_at', optional),
      text('job_receipt_id', 60, optional),
      flag('release_pending'),
      time('started_at', optional),
      time('completed_at', optional),
    ],
    checks: [{ name: 'ck_step_executions_status', expression: oneOf('status', STEP_STATUSES) }],
    foreignKeys: [reference('fk_step_executions_execution', ['execution_id'], 'agent_executions', ['id'])],
    indices: [
      { name: 'ux_step_executions_step', columnNames: ['execution_id', 'step_id'], isUnique: true },
      { name: 'ix_step_executions_wait', columnNames: ['wait_kind', 'wait_ref'], where: 'wait_ref IS NOT NULL' },
      { name: 'ix_step_executions_release', columnNames: ['release_pending'], where: 'release_pending' },
    ],
  });
}

function eventTable(): Table {
  return new Table({
    name: 'execution_events',
    columns: [
      text('execution_id', 60, primary),
      count('seq', primary),
      text('type', 40),
      text('step_id', 64, optional),
      json('data'),
      time('occurred_at'),
    ],
    foreignKeys: [reference('fk_execution_events_execution', ['execution_id'], 'agent_executions', ['id'])],
  });
}

function receiptTable(): Table {
  return new Table({
    name: 'execution_receipts',
    columns: [
      text('id', 60, primary),
      text('execution_id', 60),
      flag('verified'),
      longText('jws'),
      json('steps'),
      time('issued_at'),
    ],
    foreignKeys: [reference('fk_execution_receipts_execution', ['execution_id'], 'agent_executions', ['id'])],
    indices: [{ name: 'ux_execution_receipts_execution', columnNames: ['execution_id'], isUnique: true }],
  });
}

function networkTable(): Table {
  return new Table({
    name: 'agent_networks',
    columns: [
      text('id', 60, primary),
      text('owner_id', 200),
      text('name', 100),
      longText('description', optional),
      json('agents'),
      text('coordination', 20),
      time('created_at'),
      time('updated_at'),
    ],
    checks: [{ name: 'ck_agent_networks_coordination', expression: oneOf('coordination', COORDINATION_KINDS) }],
    indices: [{ name: 'ix_agent_networks_owner', columnNames: ['owner_id', 'id'] }],
  });
}

function reference(name: string, columnNames: string[], table: string, referenced: string[]) {
  return { name, columnNames, referencedTableName: table, referencedColumnNames: referenced, onDelete: 'CASCADE' };
}
