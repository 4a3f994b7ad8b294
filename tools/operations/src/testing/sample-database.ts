import { issueExecutionReceipt, issueJobReceipt } from '@aitbc/receipts';
import {
  canonicalJson,
  type Database,
  generateSigningKey,
  openPlatformDatabase,
  sha256Hex,
  SigningKeys,
  signJws,
  type TextSigner,
} from '@aitbc/shared-core';
import { memoryLogger } from '@aitbc/shared-core/testing';
import {
  AgentExecution,
  AgentStepExecution,
  agentContextEntities,
  agentContextMigrations,
  AIAgentWorkflow,
  AIAgentWorkflowVersion,
  ExecutionEvent,
  ExecutionReceipt,
} from '@aitbc/shared-domain';
import type { EntityManager, ObjectLiteral } from 'typeorm';

export const ENDED_AT = Date.parse('2026-01-31T09:15:00.000Z');
const ISSUER = 'http://127.0.0.1:8011';
const WORKFLOW = { id: 'wf_1', version: 1, hash: sha256Hex('workflow') };
const [INPUTS, OUTPUT] = ['{"n":1}', '"fine"'];
const miner = generateSigningKey();

/** What of the coordinator's tables is read here; the coordinator itself makes them with more columns. */
const JOBS = [
  `CREATE TABLE jobs (id text PRIMARY KEY, state text, service_type text, attempts integer, service_request text,
     result text)`,
  `CREATE TABLE job_receipts (id text PRIMARY KEY, job_id text REFERENCES jobs (id), client_id text, miner_id text,
     cost bigint, jws text, miner_key text, issued_at bigint)`,
];

/** A database with tables of the real migrations: `finished` executions with receipts, and one that goes on. */
export async function makeSampleDatabase(url: string, finished = 3): Promise<void> {
  const { logger } = memoryLogger();
  const config = { DATABASE_URL: url, BOOTSTRAP_ADMIN_KEY: undefined };
  const [entities, migrations] = [agentContextEntities, agentContextMigrations];
  const database = await openPlatformDatabase({ config, entities, migrations, logger, showAdminKey: () => undefined });
  try {
    const signer = await (await SigningKeys.load(database)).signer();
    await database.writeSet(async (sql) => {
      for (const statement of JOBS) await sql.query(statement);
    });
    await database.write(insertWorkflow);
    for (let n = 1; n <= finished; n += 1) await insertFinished(database, n, signer);
    await database.write((manager) => insertExecution(manager, 'exec_running', 'running', 2));
  } finally {
    await database.close();
  }
}

async function insertWorkflow(manager: EntityManager): Promise<void> {
  const times = { createdAt: 1, updatedAt: 1 };
  await manager.insert(AIAgentWorkflow, {
    ...{ id: WORKFLOW.id, ownerId: 'alice', isPublic: false, currentVersion: 1, deletedAt: null, ...times },
  });
  await insert(manager, AIAgentWorkflowVersion, {
    ...{
      workflowId: WORKFLOW.id,
      version: 1,
      name: 'One',
      description: null,
      tags: [],
      dependencies: {},
      outputs: null,
    },
    ...{ maxExecutionTime: 60, maxCostBudget: 0, requiresVerification: true, verificationLevel: 'basic', createdAt: 1 },
    workflowHash: WORKFLOW.hash,
  });
}

async function insertFinished(database: Database, n: number, signer: TextSigner): Promise<void> {
  const id = `exec_${n}`;
  const job = jobReceipt(n, signer);
  const step = {
    ...{ id: `step_${n}`, executionId: id, stepId: 'ask', stepType: 'inference', status: 'completed', attempt: 1 },
    ...{ input: INPUTS, output: OUTPUT, cost: 15, metrics: { job_receipt: job.jws }, jobReceiptId: job.id },
    ...{ releasePending: false, startedAt: ENDED_AT - 10, completedAt: ENDED_AT },
  };
  const { jws, steps } = executionReceipt(n, job.id, signer);
  await database.write(async (manager) => {
    await insertExecution(manager, id, 'completed', 4);
    await insert(manager, AgentStepExecution, step);
    const receipt = { id: `rcpt_${n}`, executionId: id, verified: true, jws, steps, issuedAt: ENDED_AT };
    await insert(manager, ExecutionReceipt, receipt);
  });
  await database.writeSet(async (sql) => {
    await sql.query(`INSERT INTO jobs VALUES ($1, 'COMPLETED', 'text_analysis', 1, $2, $3)`, [
      job.job_id,
      INPUTS,
      OUTPUT,
    ]);
    await sql.query(`INSERT INTO job_receipts VALUES ($1, $2, 'alice', 'miner_1', 15, $3, $4, $5)`, [
      ...[job.id, job.job_id, job.jws, JSON.stringify(miner.jwk), ENDED_AT],
    ]);
  });
}

async function insertExecution(manager: EntityManager, id: string, status: string, events: number): Promise<void> {
  const ended = status === 'completed';
  await insert(manager, AgentExecution, {
    ...{ id, workflowId: WORKFLOW.id, workflowVersion: 1, ownerId: 'alice', status, inputs: INPUTS },
    ...{ finalResult: ended ? OUTPUT : null, verificationLevel: 'basic', maxExecutionTime: 60, maxCostBudget: 0 },
    ...{ totalCost: ended ? 15 : 0, totalSteps: 1, completedSteps: Number(ended), eventSeq: events, leaseEpoch: 1 },
    ...{ engineFlags: 0, startedAt: ENDED_AT - 20, completedAt: ended ? ENDED_AT : null, createdAt: 1, updatedAt: 1 },
  });
  for (let seq = 1; seq <= events; seq += 1) {
    const event = { executionId: id, seq, type: 'step.started', stepId: 'ask', data: {}, occurredAt: ENDED_AT };
    await insert(manager, ExecutionEvent, event);
  }
}

function executionReceipt(n: number, jobReceiptId: string, signer: TextSigner) {
  const at = { started_at: new Date(ENDED_AT - 10).toISOString(), completed_at: new Date(ENDED_AT).toISOString() };
  return issueExecutionReceipt(
    {
      ...{ execution_id: `exec_${n}`, workflow_id: WORKFLOW.id, workflow_version: 1, workflow_hash: WORKFLOW.hash },
      ...{ owner_id: 'alice', status: 'completed', inputs_hash: sha256Hex(INPUTS), result_hash: sha256Hex(OUTPUT) },
      ...{ verification_level: 'basic', verified: true, issuer: ISSUER },
      ...{ ...at, started_at: new Date(ENDED_AT - 20).toISOString() },
      checks: [{ name: 'completed', ok: true, detail: '' }],
      steps: [
        {
          ...{ step_id: 'ask', attempt: 1, status: 'completed', costUnits: 15, job_receipt_id: jobReceiptId, ...at },
          ...{ input_hash: sha256Hex(INPUTS), output_hash: sha256Hex(OUTPUT) },
        },
      ],
    },
    signer,
    { receiptId: `rcpt_${n}`, issuedAt: ENDED_AT },
  );
}

function jobReceipt(n: number, signer: TextSigner) {
  const claim = { job_id: `job_${n}`, attempt: 1, miner_id: 'miner_1', result_hash: sha256Hex(OUTPUT) };
  const id = `rcpt_job_${n}`;
  const { jws } = issueJobReceipt(
    {
      ...{ ...claim, client_id: 'alice', service_type: 'text_analysis', request_hash: sha256Hex(INPUTS) },
      ...{ costUnits: 15, completed_at: new Date(ENDED_AT).toISOString(), issuer: ISSUER },
      miner_jws: signJws(canonicalJson(claim), miner, 'aitbc-miner-result+jws'),
    },
    signer,
    { receiptId: id, issuedAt: ENDED_AT },
  );
  return { id, job_id: claim.job_id, jws };
}

/** As ObjectLiteral: TypeORM's own type of what is inserted does not terminate for recursive JSON. */
async function insert(manager: EntityManager, entity: new () => object, row: ObjectLiteral): Promise<void> {
  await manager.getRepository<ObjectLiteral>(entity).insert(row);
}
