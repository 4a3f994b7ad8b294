import { newExecution, planOf } from '@aitbc/execution-engine/testing';
import { type Database, newId, type SqlRunner } from '@aitbc/shared-core';
import type { ExecutionState } from '@aitbc/execution-engine';
import { isFinalExecution, type ExecutionStatus } from '@aitbc/shared-domain';
import { commitBatch } from '../../store/commit-batch';
import { TypeOrmExecutionStore } from '../../store/typeorm-execution-store';
import { insist } from './insist';

/** Executions whose events a test writes, as the engine would: by commits with the state that they lead to. */
export class Histories {
  private readonly store: TypeOrmExecutionStore;

  /** @param text stands in the data of each event */
  constructor(
    private readonly db: Database,
    private readonly text = '',
  ) {
    this.store = new TypeOrmExecutionStore(db, () => undefined, 'caller');
  }

  /** A pending execution of `wf_test`, without events. */
  async begin(ownerId = 'alice', id = newId('exec')): Promise<string> {
    await insist(() => this.store.insert(newExecution(planOf([]), { id, ownerId })));
    return id;
  }

  /** Commits `count` more events of each of these executions, in one transaction. */
  async append(ids: readonly string[], count = 1, status: ExecutionStatus = 'running'): Promise<void> {
    const states = await Promise.all(ids.map((id) => this.load(id)));
    await insist(() => this.db.writeSet((sql) => this.write(sql, states, count, status)));
  }

  async write(
    sql: SqlRunner,
    states: readonly ExecutionState[],
    count = 1,
    status: ExecutionStatus = 'running',
  ): Promise<void> {
    const commits = states.map((state) => commitOf(state, count, status, this.text));
    const written = await commitBatch(sql, this.db.engine, commits, 'caller');
    if (written.size < commits.length) throw new Error('the executions have moved on');
  }

  async load(id: string): Promise<ExecutionState> {
    const state = await this.store.load(id);
    if (!state) throw new Error(`there is no ${id}`);
    return state;
  }
}

function commitOf(state: ExecutionState, count: number, status: ExecutionStatus, text: string) {
  const at = Date.now();
  const final = isFinalExecution(status);
  const records = Array.from({ length: count }, (_, index) => {
    const seq = state.eventSeq + index + 1;
    const type = final && index === count - 1 ? `execution.${status}` : 'step.started';
    return { seq, type, stepId: final ? null : 'only', data: { n: seq, text }, at };
  });
  return {
    state: { ...state, status, eventSeq: state.eventSeq + count, completedAt: final ? at : null },
    expected: { leaseEpoch: state.leaseEpoch, eventSeq: state.eventSeq },
    steps: [],
    records,
    consumedSignals: [],
    lease: { owner: null, wakeAt: null },
    at,
  };
}
