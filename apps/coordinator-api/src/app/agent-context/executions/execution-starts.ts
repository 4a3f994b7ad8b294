import type { ExecutionCommands, NewExecution } from '@aitbc/execution-engine';
import {
  type AnswerToKeep,
  type Database,
  GatheredWrites,
  type IdempotencyRecords,
  type Principal,
  RepeatedRequest,
} from '@aitbc/shared-core';
import type { AgentService } from '../agents';
import type { WorkflowService } from '../workflows';
import type { StartedExecution } from './execution.service';

/** An execution to be stored, and what must hold at that moment. */
export interface ExecutionStart {
  readonly principal: Principal;
  readonly execution: NewExecution;
  readonly started: StartedExecution;
  /** Recorded with it; a start that was answered before stores nothing. */
  readonly keep: AnswerToKeep<StartedExecution> | undefined;
}

/** What became of it: nothing, or why it was refused. */
type Refusal = { readonly error: unknown } | undefined;

export interface StartDeps {
  readonly db: Database;
  readonly commands: Pick<ExecutionCommands, 'createAll'>;
  readonly records: Pick<IdempotencyRecords, 'keepAll'>;
  readonly agents: Pick<AgentService, 'activeAmong'>;
  readonly workflows: Pick<WorkflowService, 'stillExecutable'>;
}

/** Starts of one unit; each may bring a mebibyte. */
const STARTS_AT_ONCE = 50;

/**
 * Stores new executions, all that come while the writer is busy in one unit: a statement each for the workflows and
 * agents that they name, for their idempotency records, and for their rows. Whoever is refused takes nobody along.
 */
export class ExecutionStarts {
  private readonly gathered: GatheredWrites<ExecutionStart, Refusal>;

  constructor(private readonly deps: StartDeps) {
    this.gathered = new GatheredWrites(deps.db, (_sql, starts) => this.storeAll(starts), {
      // What was read of workflows and agents must hold until the commit.
      as: 'unit',
      keyOf: ({ execution, keep }) => keep?.request.id ?? execution.id,
      atMost: STARTS_AT_ONCE,
    });
  }

  /**
   * Resolves when the execution is stored.
   * @throws AppError `not_found` (the workflow), `validation_failed` (the agent); RepeatedRequest
   */
  async add(start: ExecutionStart): Promise<void> {
    const refusal = await this.gathered.add(start);
    if (refusal) throw refusal.error;
  }

  private async storeAll(starts: readonly ExecutionStart[]): Promise<Refusal[]> {
    const refusalOf = await this.judge(starts);
    const allowed = starts.filter((start) => !refusalOf(start));
    const answered = allowed.flatMap(({ keep, started }) =>
      keep ? [{ request: keep.request, answer: keep.answerOf(started) }] : [],
    );
    const kept = await this.deps.records.keepAll(answered);
    const isRepeated = ({ keep }: ExecutionStart) => keep !== undefined && !kept.has(keep.request.id);
    const stored = allowed.filter((start) => !isRepeated(start)).map(({ execution }) => execution);
    if (stored.length > 0) this.deps.db.afterCommit(await this.deps.commands.createAll(stored));
    return starts.map((start) => {
      const refusal = refusalOf(start);
      if (refusal || !start.keep || !isRepeated(start)) return refusal;
      return { error: new RepeatedRequest(start.keep.request) };
    });
  }

  private async judge(starts: readonly ExecutionStart[]): Promise<(start: ExecutionStart) => Refusal> {
    const agentIds = starts.flatMap(({ execution: { agentId } }) => agentId ?? []);
    const requireActive = await this.deps.agents.activeAmong([...new Set(agentIds)]);
    const workflowIds = starts.map(({ execution }) => execution.workflowId);
    const requireWorkflow = await this.deps.workflows.stillExecutable([...new Set(workflowIds)]);
    return ({ principal, execution: { agentId, workflowId } }) => {
      try {
        if (agentId !== null) requireActive(principal, agentId);
        requireWorkflow(principal, workflowId);
        return undefined;
      } catch (error) {
        return { error };
      }
    };
  }
}
