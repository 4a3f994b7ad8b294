import { CURRENT_ENGINE_FLAGS, type NewExecution } from '@aitbc/execution-engine';
import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import {
  type AnswerToKeep,
  canonicalJson,
  currentTraceparent,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  toUnits,
  validationFailed,
} from '@aitbc/shared-core';
import type { AgentExecution } from '@aitbc/shared-domain';
import type { WorkflowRepository, WorkflowService, WorkflowVersion } from '../workflows';
import type { ExecuteDto } from './execution.dto';
import type { ExecutionEstimate, ExecutionEstimates } from './estimates';
import type { ExecutionStarts } from './execution-starts';
import type { ExecutionFilter, ExecutionGlance, ExecutionRecord, ExecutionRepository } from './execution.repository';
import { newExecutionRow } from './store/execution-rows';
import { levelOf } from './verification-level';

/** An execution with the immutable version that it runs. */
export interface ExecutionWithVersion {
  readonly record: ExecutionRecord;
  readonly version: WorkflowVersion;
}

/** A new execution with what past ones of its version let expect. */
export interface StartedExecution {
  readonly execution: AgentExecution;
  readonly estimate: ExecutionEstimate | undefined;
}

export interface ExecutionServiceDeps {
  readonly repository: ExecutionRepository;
  readonly estimates: ExecutionEstimates;
  readonly starts: ExecutionStarts;
  readonly workflows: Pick<WorkflowService, 'forExecution'>;
  readonly versions: Pick<WorkflowRepository, 'loadVersion'>;
  readonly prover: Pick<ZeroKnowledgeProver, 'unavailable'>;
}

/** The use cases of executions. An execution is visible to its owner and to admins. */
export class ExecutionService {
  constructor(
    private readonly deps: ExecutionServiceDeps,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Starts an execution: when this resolves it is stored, and will be run whatever happens to this process. It runs the
   * version that was the current one when it was asked for.
   * @param keep the answer to record with it.
   * @throws AppError `not_found` (workflow or version), `validation_failed`
   */
  async start(
    principal: Principal,
    workflowId: string,
    request: ExecuteDto,
    keep?: AnswerToKeep<StartedExecution>,
  ): Promise<StartedExecution> {
    checkRequest(workflowId, request);
    const { workflow, version } = await this.deps.workflows.forExecution(principal, workflowId, request.version);
    const estimate = await this.deps.estimates.of(workflowId, version.version);
    const execution = newExecution(principal, version, request, this.deps.prover, this.now());
    const started = { execution: newExecutionRow(execution), estimate };
    await this.deps.starts.add({ principal, workflow, execution, started, keep });
    return started;
  }

  /** @throws AppError `not_found` */
  async get(principal: Principal, id: string): Promise<ExecutionWithVersion> {
    const record = await this.deps.repository.find(id);
    if (!record || !maySee(principal, record.execution)) throw notFound('execution', id);
    const { workflowId, workflowVersion } = record.execution;
    const version = await this.deps.versions.loadVersion(workflowId, workflowVersion);
    if (!version) throw new Error(`execution ${id} runs ${workflowId} v${workflowVersion}, which is not there`);
    return { record, version };
  }

  /** How far it has come. @throws AppError `not_found` */
  async glance(principal: Principal, id: string): Promise<ExecutionGlance> {
    const glance = await this.deps.repository.glance(id);
    if (!glance || !maySee(principal, glance)) throw notFound('execution', id);
    return glance;
  }

  list(
    principal: Principal,
    filter: Omit<ExecutionFilter, 'ownerId'>,
    page: PageRequest,
  ): Promise<Page<AgentExecution>> {
    const ownerId = principal.role === 'admin' ? undefined : principal.subject;
    return this.deps.repository.list({ ...filter, ownerId }, page);
  }
}

/** An execution is for its owner and for admins. */
export function maySee({ role, subject }: Principal, { ownerId }: Pick<AgentExecution, 'ownerId'>): boolean {
  return role === 'admin' || ownerId === subject;
}

function checkRequest(workflowId: string, request: ExecuteDto): void {
  if (request.workflow_id !== undefined && request.workflow_id !== workflowId) {
    throw validationFailed([{ pointer: '/workflow_id', message: 'must equal the id in the path' }]);
  }
}

function newExecution(
  principal: Principal,
  version: WorkflowVersion,
  request: ExecuteDto,
  prover: ExecutionServiceDeps['prover'],
  createdAt: number,
): NewExecution {
  const budget = request.max_cost_budget;
  return {
    id: newId('exec'),
    workflowId: version.workflowId,
    workflowVersion: version.version,
    ownerId: principal.subject,
    agentId: request.agent_id ?? null,
    inputs: canonicalJson(request.inputs),
    verificationLevel: levelOf(version, request.verification_level, prover),
    maxExecutionTime: request.max_execution_time ?? version.maxExecutionTime,
    maxCostBudget: budget === undefined ? version.maxCostBudget : toUnits(budget, '/max_cost_budget'),
    totalSteps: version.steps.length,
    engineFlags: CURRENT_ENGINE_FLAGS,
    retryOf: null,
    traceParent: currentTraceparent() ?? null,
    createdAt,
  };
}
