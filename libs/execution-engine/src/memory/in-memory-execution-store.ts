import { isFinalExecution, type WaitKind } from '@aitbc/shared-domain';
import { awaitedSignals, type EventRecord, type ExecutionState, type StepState } from '../core/execution-state';
import { heldInitialState, heldStep, initialState } from '../core/initial-state';
import type { HeldStep } from '../ports/step-handler.port';
import type {
  ClaimRequest,
  ExecutionCommit,
  ExecutionStore,
  HeldLease,
  NewExecution,
  NewSignal,
  NewStart,
  StoredSignal,
} from '../ports/store.port';

interface Entry {
  state: ExecutionState;
  owner: string | null;
  wakeAt: number | null;
  events: EventRecord[];
  signals: StoredSignal[];
}

/**
 * Executions in memory, by the same contract as the database's store; for tests and simulations. Each method does its
 * work in one go, so every one of them is atomic.
 */
export class InMemoryExecutionStore implements ExecutionStore {
  private readonly entries = new Map<string, Entry>();

  async insert(execution: NewExecution, first?: ExecutionCommit): Promise<void> {
    await this.insertAll([{ execution, first }]);
  }

  async insertAll(starts: readonly NewStart[]): Promise<void> {
    for (const { execution, held, first } of starts) {
      this.entries.set(execution.id, {
        state: held ? heldInitialState(execution) : initialState(execution),
        owner: held?.workerId ?? null,
        wakeAt: held ? held.now + held.leaseMs : execution.createdAt,
        events: [],
        signals: [],
      });
      if (first) await this.commit(first);
    }
  }

  load(executionId: string): Promise<ExecutionState | undefined> {
    return Promise.resolve(this.entries.get(executionId)?.state);
  }

  /** The history of an execution, oldest first. */
  events(executionId: string): readonly EventRecord[] {
    return this.entries.get(executionId)?.events ?? [];
  }

  /** The stored state of an execution, at once: for whoever judges a run from outside. */
  stateOf(executionId: string): ExecutionState | undefined {
    return this.entries.get(executionId)?.state;
  }

  /** Who holds an execution, and when it is due again. */
  leaseOf(executionId: string): { readonly owner: string | null; readonly wakeAt: number | null } | undefined {
    const entry = this.entries.get(executionId);
    return entry && { owner: entry.owner, wakeAt: entry.wakeAt };
  }

  /** The signals of an execution that no step has taken. */
  signalsOf(executionId: string): readonly StoredSignal[] {
    return this.entries.get(executionId)?.signals ?? [];
  }

  /** Every execution that was ever stored, in order. */
  executionIds(): string[] {
    return [...this.entries.keys()];
  }

  claim({ workerId, now, leaseMs, limit }: ClaimRequest): Promise<ExecutionState[]> {
    const due = [...this.entries.values()].filter(({ wakeAt }) => wakeAt !== null && wakeAt <= now);
    due.sort((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0));
    const claimed = due.slice(0, limit);
    for (const entry of claimed) {
      entry.owner = workerId;
      entry.wakeAt = now + leaseMs;
      entry.state = { ...entry.state, leaseEpoch: entry.state.leaseEpoch + 1 };
    }
    return Promise.resolve(claimed.map(({ state }) => state));
  }

  commit({ state, expected, records, consumedSignals, lease }: ExecutionCommit): Promise<'committed' | 'lost'> {
    const entry = this.entries.get(state.id);
    const stale = entry?.state.leaseEpoch !== expected.leaseEpoch || entry.state.eventSeq !== expected.eventSeq;
    if (stale || isFinalExecution(entry.state.status)) return Promise.resolve('lost');
    entry.state = state;
    entry.owner = lease.owner;
    entry.wakeAt = lease.wakeAt;
    entry.events.push(...records);
    entry.signals = entry.signals.filter(({ id }) => !consumedSignals.includes(id));
    const awaited = awaitedSignals(state);
    if (entry.signals.some(({ name }) => awaited.includes(name))) makeDue(entry, 0);
    return Promise.resolve('committed');
  }

  async renew(leases: readonly HeldLease[], leaseMs: number, now: number): Promise<HeldLease[]> {
    const lost = await this.lost(leases);
    for (const lease of leases) {
      const entry = this.entries.get(lease.executionId);
      if (entry && !lost.includes(lease)) entry.wakeAt = now + leaseMs;
    }
    return lost;
  }

  lost(leases: readonly HeldLease[]): Promise<HeldLease[]> {
    return Promise.resolve(leases.filter((lease) => !this.holds(lease)));
  }

  release(lease: HeldLease, wakeAt: number | null): Promise<void> {
    const entry = this.entries.get(lease.executionId);
    if (entry && this.holds(lease)) {
      entry.owner = null;
      entry.wakeAt = wakeAt;
    }
    return Promise.resolve();
  }

  signal(kind: WaitKind, refs: readonly string[], now: number): Promise<string[]> {
    const waitsForIt = ({ status, wait }: StepState) =>
      status === 'waiting' && wait?.kind === kind && wait.ref !== null && refs.includes(wait.ref);
    const found = [...this.entries.values()].filter(({ state }) => [...state.steps.values()].some(waitsForIt));
    for (const entry of found) {
      const steps = new Map(entry.state.steps);
      for (const step of steps.values()) {
        if (waitsForIt(step) && step.wait) steps.set(step.stepId, { ...step, wait: { ...step.wait, until: now } });
      }
      entry.state = { ...entry.state, steps };
      makeDue(entry, now);
    }
    return Promise.resolve(found.map(({ state }) => state.id));
  }

  addSignal({ executionId, id, name, data, sentAt }: NewSignal): Promise<void> {
    const entry = this.entries.get(executionId);
    entry?.signals.push({ id, name, data });
    if (entry) makeDue(entry, sentAt);
    return Promise.resolve();
  }

  pendingSignals(executionId: string): Promise<StoredSignal[]> {
    return Promise.resolve([...(this.entries.get(executionId)?.signals ?? [])]);
  }

  withPendingSignals(executionIds: readonly string[]): Promise<string[]> {
    return Promise.resolve(executionIds.filter((id) => (this.entries.get(id)?.signals.length ?? 0) > 0));
  }

  dueIn(now: number): Promise<number | null> {
    const times = [...this.entries.values()].map(({ wakeAt }) => wakeAt).filter((time) => time !== null);
    return Promise.resolve(times.length === 0 ? null : Math.min(...times) - now);
  }

  unreleased(limit: number): Promise<HeldStep[]> {
    const all = [...this.entries.values()].flatMap(({ state }) =>
      [...state.steps.values()].filter((step) => step.releasePending).map((step) => heldStep(state.id, step)),
    );
    return Promise.resolve(all.slice(0, limit));
  }

  markReleased(rowIds: readonly string[]): Promise<void> {
    for (const entry of this.entries.values()) {
      const steps = [...entry.state.steps].map(([id, step]): [string, StepState] => [
        id,
        rowIds.includes(step.id) ? { ...step, releasePending: false } : step,
      ]);
      entry.state = { ...entry.state, steps: new Map(steps) };
    }
    return Promise.resolve();
  }

  private holds(lease: HeldLease): boolean {
    const entry = this.entries.get(lease.executionId);
    return entry !== undefined && entry.owner !== null && entry.state.leaseEpoch === lease.leaseEpoch;
  }
}

/** Only what nobody holds, and what is neither paused nor over. */
function makeDue(entry: Entry, now: number): void {
  const { status } = entry.state;
  if (entry.owner === null && (status === 'running' || status === 'waiting')) entry.wakeAt = now;
}
