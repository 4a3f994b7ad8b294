import type { EventRecord, ExecutionCommit, ExecutionState } from '@aitbc/execution-engine';
import { LaterSpans, type Logger, parseTraceparent, record, type TraceContext, type Tracer } from '@aitbc/shared-core';
import { type ExecutionEvent, isFinalExecution } from '@aitbc/shared-domain';
import type { WorkflowRepository } from '../../workflows';
import type { ExecutionRepository } from '../execution.repository';
import { asObject } from '../handlers/as-object';
import { spansOf } from './history-spans';

/**
 * Tells of each execution that a commit of this process has ended, from its stored history. An execution ends by one
 * commit, which one process has written, however many have run it: so it is told once, and whole.
 */
export class ExecutionSpans {
  private readonly later: LaterSpans;

  constructor(
    private readonly executions: Pick<ExecutionRepository, 'events'>,
    private readonly workflows: Pick<WorkflowRepository, 'loadVersion'>,
    private readonly tracer: Tracer,
    logger: Logger,
  ) {
    this.later = new LaterSpans(tracer, logger);
  }

  /** Commits that have been written together. */
  written(commits: readonly ExecutionCommit[]): void {
    if (!this.tracer.enabled) return;
    for (const { state } of commits) {
      if (!isFinalExecution(state.status)) continue;
      const parent = parseTraceparent(state.traceParent);
      if (parent?.sampled) this.later.add((tracer) => this.tell(tracer, state, parent));
    }
  }

  /** Resolves when all that has ended is told. */
  settled(): Promise<void> {
    return this.later.settled();
  }

  private async tell(tracer: Tracer, state: ExecutionState, parent: TraceContext): Promise<void> {
    const version = await this.workflows.loadVersion(state.workflowId, state.workflowVersion);
    // Deleted with its workflow meanwhile: there is nobody left who could look for it.
    if (!version) return;
    const stored = await this.executions.events(state.id);
    const history = stored.map(recordOf);
    for (const span of spansOf({ state, history, version, parent })) record(tracer, span);
  }
}

function recordOf({ seq, type, stepId, data, occurredAt: at }: ExecutionEvent): EventRecord {
  return { seq, type, stepId, data: asObject(data), at };
}
