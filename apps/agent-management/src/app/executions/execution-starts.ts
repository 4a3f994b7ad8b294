import type { ExecutionCommands, NewExecution, PreparedStart } from '@aitbc/execution-engine';
import {
  type AnsweredRequest,
  type AnswerToKeep,
  type Database,
  type ExpectedStatement,
  GatheredWrites,
  type IdempotencyRecords,
  type Principal,
  RepeatedRequest,
} from '@aitbc/shared-core';
import type { AIAgentWorkflow } from '@aitbc/shared-domain';
import type { AgentService } from '../agents';
import type { WorkflowService } from '../workflows';
import type { StartedExecution } from './execution.service';
import type { TypeOrmExecutionStore } from './store/typeorm-execution-store';

/** An execution to be stored, and what must hold at that moment. */
export interface ExecutionStart {
  readonly principal: Principal;
  /** As it was looked at. */
  readonly workflow: AIAgentWorkflow;
  readonly execution: NewExecution;
  readonly started: StartedExecution;
  /** Recorded with it; a start that was answered before stores nothing. */
  readonly keep: AnswerToKeep<StartedExecution> | undefined;
}

interface Gathered extends ExecutionStart {
  readonly start: PreparedStart;
}

/** What became of it: nothing, or why it was refused. */
type Refusal = { readonly error: unknown } | undefined;

export interface StartDeps {
  readonly db: Database;
  readonly commands: Pick<ExecutionCommands, 'prepare' | 'createAll' | 'begin' | 'abandon'>;
  readonly store: Pick<TypeOrmExecutionStore, 'insertStatements' | 'written'>;
  readonly records: Pick<IdempotencyRecords, 'keepAll' | 'keepStatement'>;
  readonly agents: Pick<AgentService, 'activeAmong'>;
  readonly workflows: Pick<WorkflowService, 'stillExecutable' | 'unchanged'>;
}

/** Starts of one unit; each may bring a mebibyte. */
const STARTS_AT_ONCE = 50;

/**
 * Stores new executions, all that come while the writer is busy in one unit: a statement each for the workflows and
 * agents that they name, for their idempotency records, and for their rows. Whoever is refused takes nobody along.
 */
export class ExecutionStarts {
  private readonly gathered: GatheredWrites<Gathered, Refusal>;

  constructor(private readonly deps: StartDeps) {
    this.gathered = new GatheredWrites(deps.db, (_sql, starts) => this.storeAll(starts), {
      // What was read of workflows and agents must hold until the commit.
      as: 'unit',
      keyOf: ({ execution, keep }) => keep?.request.id ?? execution.id,
      atMost: STARTS_AT_ONCE,
      usual: {
        statements: (starts) => this.usualStatements(starts),
        written: (starts) => {
          deps.store.written(starts.flatMap(({ start: { first } }) => first ?? []));
          this.beginAfterCommit(starts);
          return starts.map(() => undefined);
        },
      },
    });
  }

  /**
   * Resolves when the execution is stored.
   * @throws AppError `not_found` (the workflow), `validation_failed` (the agent); RepeatedRequest
   */
  async add(asked: ExecutionStart): Promise<void> {
    const start = await this.deps.commands.prepare(asked.execution);
    const refusal = await this.gathered.add({ ...asked, start }).catch((error: unknown) => ({ error }));
    if (!refusal) return;
    this.deps.commands.abandon(start);
    throw refusal.error;
  }

  /** With an agent it takes a look at that as well. */
  private usualStatements(starts: readonly Gathered[]): ExpectedStatement[] | undefined {
    if (starts.some(({ execution }) => execution.agentId !== null)) return undefined;
    const { workflows, records, store } = this.deps;
    return [
      workflows.unchanged(starts.map(({ workflow }) => workflow)),
      records.keepStatement(starts.flatMap(answerOf)),
      ...store.insertStatements(starts.map(({ start }) => start)),
    ];
  }

  private async storeAll(starts: readonly Gathered[]): Promise<Refusal[]> {
    const refusalOf = await this.judge(starts);
    const allowed = starts.filter((start) => !refusalOf(start));
    const kept = await this.deps.records.keepAll(allowed.flatMap(answerOf));
    const isRepeated = ({ keep }: ExecutionStart) => keep !== undefined && !kept.has(keep.request.id);
    const stored = allowed.filter((start) => !isRepeated(start));
    if (stored.length > 0) await this.deps.commands.createAll(stored.map(({ start }) => start));
    this.beginAfterCommit(stored);
    return starts.map((start) => {
      const refusal = refusalOf(start);
      if (refusal || !start.keep || !isRepeated(start)) return refusal;
      return { error: new RepeatedRequest(start.keep.request) };
    });
  }

  private beginAfterCommit(stored: readonly Gathered[]): void {
    if (stored.length === 0) return;
    this.deps.db.afterCommit(() => this.deps.commands.begin(stored.map(({ start }) => start)));
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

function answerOf({ keep, started }: ExecutionStart): AnsweredRequest[] {
  return keep ? [{ request: keep.request, answer: keep.answerOf(started) }] : [];
}
