import { CURRENT_ENGINE_FLAGS, type ExecutionCommands, type NewExecution } from '@aitbc/execution-engine';
import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import {
  canonicalJson,
  type Database,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  toUnits,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import type { AgentExecution } from '@aitbc/shared-domain';
import type { AgentService } from '../agents';
import type { WorkflowRepository, WorkflowService, WorkflowVersion } from '../workflows';
import type { ExecuteDto } from './execution.dto';
import type { ExecutionEstimate, ExecutionEstimates } from './estimates';
import type { ExecutionFilter, ExecutionRecord, ExecutionRepository } from './execution.repository';
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
  readonly db: Database;
  readonly repository: ExecutionRepository;
  readonly estimates: ExecutionEstimates;
  readonly commands: ExecutionCommands;
  readonly agents: Pick<AgentService, 'requireActive'>;
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
   * Starts an execution: when this resolves it is stored, and will be run whatever happens to this process.
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `not_found` (workflow or version), `validation_failed`
   */
  async start(
    principal: Principal,
    workflowId: string,
    request: ExecuteDto,
    within?: Within<StartedExecution>,
  ): Promise<StartedExecution> {
    checkRequest(workflowId, request);
    const estimateOf = await this.estimates(principal, workflowId, request.version);
    const { agent_id: agentId } = request;
    return this.deps.db.write(async () => {
      if (agentId !== undefined) await this.deps.agents.requireActive(principal, agentId);
      const version = await this.deps.workflows.forExecution(principal, workflowId, request.version);
      const execution = newExecution(principal, version, request, this.deps.prover, this.now());
      await this.deps.commands.create(execution);
      this.deps.db.afterCommit(() => this.deps.commands.announce());
      const started = { execution: newExecutionRow(execution), estimate: estimateOf(version) };
      await within?.(started);
      return started;
    });
  }

  /**
   * Looks at past executions before the unit that starts one: inside, each that ends meanwhile would make PostgreSQL
   * repeat the unit. A version that was published in between has no past yet.
   */
  private async estimates(
    principal: Principal,
    workflowId: string,
    requested: number | undefined,
  ): Promise<(version: WorkflowVersion) => ExecutionEstimate | undefined> {
    const { version } = await this.deps.workflows.forExecution(principal, workflowId, requested);
    const estimate = await this.deps.estimates.of(workflowId, version);
    return (found) => (found.version === version ? estimate : undefined);
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

  list(
    principal: Principal,
    filter: Omit<ExecutionFilter, 'ownerId'>,
    page: PageRequest,
  ): Promise<Page<AgentExecution>> {
    const ownerId = principal.role === 'admin' ? undefined : principal.subject;
    return this.deps.repository.list({ ...filter, ownerId }, page);
  }
}

function maySee({ role, subject }: Principal, { ownerId }: AgentExecution): boolean {
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
    createdAt,
  };
}
