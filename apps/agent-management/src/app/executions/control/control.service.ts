import {
  CURRENT_ENGINE_FLAGS,
  type ExecutionCommands,
  type NewExecution,
  type NewSignal,
} from '@aitbc/execution-engine';
import type { ZeroKnowledgeProver } from '@aitbc/receipts';
import {
  AppError,
  canonicalJson,
  currentTraceparent,
  type Database,
  newId,
  notFound,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import type { AgentExecution } from '@aitbc/shared-domain';
import type { AgentService } from '../../agents';
import type { WorkflowService, WorkflowVersion } from '../../workflows';
import type { ExecutionService, ExecutionWithVersion, StartedExecution } from '../execution.service';
import { newExecutionRow } from '../store/execution-rows';
import type { TypeOrmExecutionStore } from '../store/typeorm-execution-store';
import { levelOf } from '../verification-level';
import type { WorkflowPlans } from '../workflow-plans';
import type { RetryDto } from './control.dto';
import { adoptedSteps } from './fork';

/** Signals that an execution may keep for steps that do not wait for them yet. */
const MAX_PENDING_SIGNALS = 1_000;

export interface ControlDeps {
  readonly db: Database;
  readonly executions: Pick<ExecutionService, 'get'>;
  readonly commands: ExecutionCommands;
  readonly store: Pick<TypeOrmExecutionStore, 'load' | 'statusOf' | 'pendingSignals'>;
  readonly plans: Pick<WorkflowPlans, 'load'>;
  readonly agents: Pick<AgentService, 'requireActive'>;
  readonly workflows: Pick<WorkflowService, 'forExecution'>;
  readonly prover: Pick<ZeroKnowledgeProver, 'unavailable'>;
}

/** What is done to executions that exist. Each is visible to its owner and to admins. */
export class ExecutionControl {
  constructor(
    private readonly deps: ControlDeps,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws AppError `not_found`, or `conflict` when it has ended already */
  async cancel(principal: Principal, id: string, reason: string | undefined): Promise<ExecutionWithVersion> {
    await this.deps.executions.get(principal, id);
    await this.deps.commands.cancel(id, reason ?? `cancelled by ${principal.subject}`);
    return this.deps.executions.get(principal, id);
  }

  /** Aborts what runs and holds no worker until it is resumed. @throws AppError `not_found`, `conflict` */
  async pause(principal: Principal, id: string, reason: string | undefined): Promise<ExecutionWithVersion> {
    await this.deps.executions.get(principal, id);
    await this.deps.commands.pause(id, reason ?? `paused by ${principal.subject}`);
    return this.deps.executions.get(principal, id);
  }

  /** @throws AppError `not_found`, or `conflict` when it is not paused */
  async resume(principal: Principal, id: string): Promise<ExecutionWithVersion> {
    await this.deps.executions.get(principal, id);
    await this.deps.commands.resume(id);
    return this.deps.executions.get(principal, id);
  }

  /**
   * Starts a new execution that adopts what a failed or cancelled one has completed.
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `not_found`, `conflict` when it has not failed, `validation_failed`
   */
  async retry(
    principal: Principal,
    id: string,
    request: RetryDto,
    within?: Within<StartedExecution>,
  ): Promise<StartedExecution> {
    const { record, version: ran } = await this.deps.executions.get(principal, id);
    const source = record.execution;
    if (source.status !== 'failed' && source.status !== 'cancelled') {
      throw new AppError('conflict', `the execution is ${source.status}; only failed and cancelled ones are retried`);
    }
    const { workflowId } = source;
    // Ended, it changes no more, so it may be read before the unit.
    const state = await this.deps.store.load(id);
    if (!state) throw notFound('execution', id);
    return this.deps.db.write(async () => {
      const { subject, role } = principal;
      const owner = { ...principal, subject: role === 'admin' ? source.ownerId : subject };
      if (source.agentId !== null) await this.deps.agents.requireActive(owner, source.agentId, '/execution_id');
      const number = request.version ?? ran.version;
      const { version: target } = await this.deps.workflows.forExecution(principal, workflowId, number);
      const steps = adoptedSteps({ ran, target, state, fromStep: request.from_step });
      // At least the level that was asked for then; a step of another version may ask for more.
      const level = levelOf(target, source.verificationLevel, this.deps.prover, '/version');
      const execution = { ...retryOf(source, target, this.now()), verificationLevel: level };
      const plan = await this.deps.plans.load(workflowId, target.version);
      await this.deps.commands.create(execution, { plan, from: id, steps });
      this.deps.db.afterCommit(() => this.deps.commands.announce());
      const started = { execution: newExecutionRow(execution), estimate: undefined };
      await within?.(started);
      return started;
    });
  }

  /**
   * Keeps a signal until a step takes it.
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `not_found`, or `conflict` when the execution has ended, or keeps too many signals already
   */
  async signal(
    principal: Principal,
    id: string,
    { name, data }: { readonly name: string; readonly data: unknown },
    within?: Within<NewSignal>,
  ): Promise<NewSignal> {
    await this.deps.executions.get(principal, id);
    const text = dataText(data);
    return this.deps.db.write(async () => {
      const times = { sentBy: principal.subject, sentAt: this.now() };
      const signal = { id: newId('sig'), executionId: id, name, data: text, ...times };
      // Locks the execution's row, so that its status is what it will be when this is committed.
      await this.deps.commands.signal(signal);
      const status = await this.deps.store.statusOf(id);
      if (!status || isFinalExecution(status)) throw new AppError('conflict', `the execution is ${status ?? 'gone'}`);
      if ((await this.deps.store.pendingSignals(id)).length > MAX_PENDING_SIGNALS) {
        throw new AppError('conflict', `the execution keeps ${MAX_PENDING_SIGNALS} signals that no step has taken`);
      }
      this.deps.db.afterCommit(() => this.deps.commands.announceSignal(signal));
      await within?.(signal);
      return signal;
    });
  }
}

function dataText(data: unknown): string {
  try {
    return canonicalJson(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw validationFailed([{ pointer: '/data', message: `has no canonical JSON: ${message}` }]);
  }
}

function retryOf(source: AgentExecution, target: WorkflowVersion, createdAt: number): NewExecution {
  const { workflowId, ownerId, agentId, inputs, verificationLevel, maxExecutionTime, maxCostBudget } = source;
  const limits = { verificationLevel, maxExecutionTime, maxCostBudget };
  return {
    id: newId('exec'),
    workflowId,
    workflowVersion: target.version,
    ownerId,
    agentId,
    inputs,
    ...limits,
    totalSteps: target.steps.length,
    engineFlags: CURRENT_ENGINE_FLAGS,
    retryOf: source.id,
    traceParent: currentTraceparent() ?? null,
    createdAt,
  };
}
