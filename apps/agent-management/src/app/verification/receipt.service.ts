import {
  issueExecutionReceipt,
  proveStep,
  type ReceiptCheck,
  type ReceiptStep,
  type StepFacts,
  type StepReceiptDocument,
  type ZeroKnowledgeProver,
} from '@aitbc/receipts';
import {
  AppError,
  type Database,
  isForeignKeyViolation,
  isUniqueViolation,
  newId,
  notFound,
  type Principal,
  sha256Hex,
  type SigningKeys,
  timeText,
} from '@aitbc/shared-core';
import {
  type AgentStepExecution,
  ExecutionEvent,
  ExecutionReceipt,
  isFinalExecution,
  type JsonObject,
} from '@aitbc/shared-domain';
import type { ObjectLiteral } from 'typeorm';
import type { ExecutionService, ExecutionWithVersion } from '../executions';
import type { WorkflowVersion } from '../workflows';
import { basicChecks, storedDataChecks } from './execution-checks';
import { historyCheck } from './history-check';
import { jobReceiptCheck, jobReceiptOf } from './job-receipt-checks';
import { outputSchemaCheck, type SchemaValidator } from './output-schema-check';

/** What `full` verification reads anew: nothing that it checks may come from memory. */
export interface StoredFacts {
  events(executionId: string): Promise<readonly ExecutionEvent[]>;
  loadVersion(workflowId: string, version: number): Promise<WorkflowVersion | undefined>;
}

export interface ReceiptServiceDeps {
  readonly db: Database;
  readonly executions: Pick<ExecutionService, 'get'>;
  readonly keys: SigningKeys;
  readonly schemas: SchemaValidator;
  readonly prover: ZeroKnowledgeProver;
  readonly stored: StoredFacts;
  /** `issuer` of the receipts; a function, since the URL of a process is known only when it listens. */
  readonly issuer: () => string;
  /** Memory that custom code may use. */
  readonly memoryLimitBytes: number;
}

/** A step's own part of a receipt, and the compact JWS of the job receipt on which its output rests. */
export interface StepReceipt {
  readonly document: StepReceiptDocument;
  readonly jobReceipt: string | undefined;
}

/** Issues the receipt of an execution once, and the same one ever after. */
export class ReceiptService {
  constructor(
    private readonly deps: ReceiptServiceDeps,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws AppError `not_found`; `not_ready` until the execution is final; `prover_unavailable` */
  async receiptOf(
    principal: Principal,
    executionId: string,
  ): Promise<{ receipt: ExecutionReceipt; found: ExecutionWithVersion }> {
    const found = await this.deps.executions.get(principal, executionId);
    const { execution, receipt } = found.record;
    if (receipt) return { receipt, found };
    if (!isFinalExecution(execution.status)) {
      throw new AppError('not_ready', `the execution is still ${execution.status}`, { retryAfterSeconds: 1 });
    }
    return { receipt: await this.store(await this.issue(found)), found };
  }

  /**
   * One step with the proof that the receipt states it, and the receipt of its job.
   * @throws AppError `not_found` (also for a step that has no entry since it never began), `not_ready`
   */
  async stepOf(principal: Principal, executionId: string, stepId: string): Promise<StepReceipt> {
    const { receipt, found } = await this.receiptOf(principal, executionId);
    const entries = receipt.steps as unknown as readonly ReceiptStep[];
    if (!entries.some(({ step_id: id }) => id === stepId)) throw notFound('step', stepId);
    const row = found.record.steps.find((step) => step.stepId === stepId);
    const jobReceipt = row && jobReceiptOf(row);
    return { document: { jws: receipt.jws, ...proveStep(entries, stepId) }, jobReceipt };
  }

  private async issue(found: ExecutionWithVersion): Promise<ExecutionReceipt> {
    const checks = await this.checksOf(found);
    // No checks, no verification: `every` alone would call an execution verified that nobody has looked at.
    const verified = checks.length > 0 && checks.every(({ ok }) => ok);
    const issuedAt = this.now();
    const id = newId('rcpt');
    const facts = { ...factsOf(found), checks, verified, issuer: this.deps.issuer() };
    const signer = await this.deps.keys.signer();
    const { jws, steps } = issueExecutionReceipt(facts, signer, { receiptId: id, issuedAt });
    const stored = steps.map((step) => ({ ...step })) as JsonObject[];
    return { id, executionId: found.record.execution.id, verified, jws, steps: stored, issuedAt };
  }

  /**
   * Two who ask at the same time both issue one; the first that is stored is the receipt. On SQLite the unit sees what
   * the units before it in the same commit have stored, which no reader would see yet; on PostgreSQL the two units may
   * run side by side, and the second then meets the committed receipt of the first. Retention may have taken the
   * execution, or part of it, since it was read: its events go before its steps, so with one of them still there the
   * steps that were read before were whole.
   * @throws AppError `not_found`
   */
  private async store(issued: ExecutionReceipt): Promise<ExecutionReceipt> {
    const { executionId } = issued;
    try {
      return await this.deps.db.write(async (manager) => {
        const stored = await manager.findOneBy(ExecutionReceipt, { executionId });
        if (stored) return stored;
        // As ObjectLiteral: TypeORM's own type of what is asked for or inserted does not terminate for recursive JSON.
        const events = manager.getRepository<ObjectLiteral>(ExecutionEvent);
        if (!(await events.existsBy({ executionId }))) throw notFound('execution', executionId);
        await manager.getRepository<ObjectLiteral>(ExecutionReceipt).insert(issued);
        return issued;
      });
    } catch (error) {
      // On PostgreSQL it may go between the two statements of the unit.
      if (isForeignKeyViolation(error)) throw notFound('execution', executionId);
      if (!isUniqueViolation(error)) throw error;
      const stored = await this.deps.db.read((manager) => manager.findOneBy(ExecutionReceipt, { executionId }));
      if (!stored) throw notFound('execution', executionId);
      return stored;
    }
  }

  private async checksOf(found: ExecutionWithVersion): Promise<ReceiptCheck[]> {
    const { record } = found;
    if (!found.version.requiresVerification) return [];
    switch (record.execution.verificationLevel) {
      case 'basic':
        return basicChecks(found);
      case 'full':
        return this.fullChecks(found);
      case 'zero-knowledge':
        return [...(await this.fullChecks(found)), await this.deps.prover.prove(record.execution.id)];
    }
  }

  private async fullChecks({ record }: ExecutionWithVersion): Promise<ReceiptCheck[]> {
    const { id, workflowId, workflowVersion } = record.execution;
    const version = await this.deps.stored.loadVersion(workflowId, workflowVersion);
    if (!version) throw new Error(`version ${workflowVersion} of workflow ${workflowId} is not there`);
    const stored = { record, version };
    return [
      ...basicChecks(stored),
      await outputSchemaCheck(stored, this.deps.schemas),
      ...storedDataChecks(stored, this.deps.memoryLimitBytes),
      historyCheck(record, await this.deps.stored.events(id)),
      await jobReceiptCheck(record.steps, version, this.deps.keys),
    ];
  }
}

/** What a receipt states of an execution, from its stored rows. */
function factsOf({ record: { execution, steps }, version }: ExecutionWithVersion) {
  return {
    execution_id: execution.id,
    ...(execution.retryOf === null ? {} : { retry_of: execution.retryOf }),
    workflow_id: execution.workflowId,
    workflow_version: execution.workflowVersion,
    workflow_hash: version.workflowHash,
    owner_id: execution.ownerId,
    ...(execution.agentId === null ? {} : { agent_id: execution.agentId }),
    status: execution.status,
    inputs_hash: sha256Hex(execution.inputs),
    result_hash: hashOf(execution.finalResult),
    verification_level: execution.verificationLevel,
    started_at: timeText(execution.startedAt),
    completed_at: timeText(execution.completedAt),
    steps: steps.map(stepFacts),
  };
}

function stepFacts(step: AgentStepExecution): StepFacts {
  return {
    step_id: step.stepId,
    attempt: step.attempt,
    status: step.status,
    input_hash: hashOf(step.input),
    output_hash: hashOf(step.output),
    started_at: timeText(step.startedAt),
    completed_at: timeText(step.completedAt),
    costUnits: step.cost,
    ...(step.jobReceiptId === null ? {} : { job_receipt_id: step.jobReceiptId }),
  };
}

/** Of the stored text, which is canonical: what is hashed is what is there. */
function hashOf(text: string | null): string | null {
  return text === null ? null : sha256Hex(text);
}
