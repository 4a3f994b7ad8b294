import { newExecution, planOf } from '@aitbc/execution-engine/testing';
import type { Database } from '@aitbc/shared-core';
import {
  AgentExecution,
  AgentStepExecution,
  ExecutionEvent,
  ExecutionReceipt,
  ExecutionSignal,
  type ExecutionStatus,
  isFinalExecution,
} from '@aitbc/shared-domain';
import { newExecutionRow } from '../../store/execution-rows';

/** An execution with a step, a signal, a receipt, and so many events. */
export interface PastExecution {
  readonly id: string;
  readonly status: ExecutionStatus;
  /** Unix ms of its end, or of its last change while it has none. */
  readonly at: number;
  readonly events?: number;
  readonly holdsJob?: boolean;
}

const PER_UNIT = 50;

/** Stores executions as if they had run long ago. */
export async function insertPast(db: Database, past: readonly PastExecution[]): Promise<void> {
  for (let n = 0; n < past.length; n += PER_UNIT) await insertSome(db, past.slice(n, n + PER_UNIT));
}

async function insertSome(db: Database, past: readonly PastExecution[]): Promise<void> {
  await db.write(async (manager) => {
    await manager.insert(AgentExecution, past.map(executionRow));
    await manager.insert(AgentStepExecution, past.map(stepRow));
    await manager.insert(ExecutionSignal, past.map(signalRow));
    await manager.insert(ExecutionReceipt, past.filter(({ status }) => isFinalExecution(status)).map(receiptRow));
  });
  const events = past.flatMap(eventRows);
  for (let n = 0; n < events.length; n += 200) {
    await db.write((manager) => manager.insert(ExecutionEvent, events.slice(n, n + 200)));
  }
}

function executionRow({ id, status, at, events = 2 }: PastExecution) {
  const final = isFinalExecution(status);
  const row = newExecutionRow(newExecution(planOf([]), { id, createdAt: at - 1_000, totalSteps: 1 }));
  return { ...row, status, eventSeq: events, wakeAt: null, completedAt: final ? at : null, updatedAt: at };
}

function stepRow({ id, status, at, holdsJob = false }: PastExecution) {
  return {
    ...{ id: `step_${id}`, executionId: id, stepId: 'only', stepType: 'custom' as const, attempt: 1, cost: 0 },
    ...{ status: isFinalExecution(status) ? ('completed' as const) : ('waiting' as const), reservedCost: 0 },
    ...{ input: JSON.stringify('x'.repeat(300)), output: '1', releasePending: holdsJob, startedAt: at - 500 },
  };
}

function signalRow({ id, at }: PastExecution) {
  return { id: `sig_${id}`, executionId: id, name: 'go', data: '1', sentBy: 'alice', sentAt: at, consumedAt: at };
}

function receiptRow({ id, at }: PastExecution) {
  return { id: `rcpt_${id}`, executionId: id, verified: true, jws: 'a.b.c', steps: [], issuedAt: at };
}

function eventRows({ id, at, events = 2 }: PastExecution): object[] {
  return Array.from({ length: events }, (_, index) => ({
    ...{ executionId: id, seq: index + 1, type: 'step.started', stepId: 'only', data: {}, occurredAt: at },
  }));
}
