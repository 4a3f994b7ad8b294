import { InMemoryExecutionStore } from '../../memory/in-memory-execution-store';
import type { Clock } from '../../ports/clock.port';
import type { ClaimRequest, ExecutionCommit, ExecutionStore } from '../../ports/store.port';
import type { ExecutionState } from '../../core/execution-state';
import type { WorkerOptions } from '../../worker/execution-worker';
import { PROMISES } from './promises';
import type { SimProcess } from './sim-process';

/** A defect put into what the engine is given, to see whether the simulation finds it. */
export interface PlantedFault {
  readonly name: string;
  /** The promise by which it is to be found: found by another one only, it would be another fault. */
  readonly breaks: string;
  readonly newStore?: () => InMemoryExecutionStore;
  readonly adapt?: (store: ExecutionStore) => ExecutionStore;
  readonly options?: Partial<WorkerOptions>;
  readonly clockOf?: (process: SimProcess) => Clock;
}

/** Commits are accepted whoever holds the lease by now. */
class WithoutEpochCheck extends InMemoryExecutionStore {
  override commit(commit: ExecutionCommit): Promise<'committed' | 'lost'> {
    const leaseEpoch = this.stateOf(commit.state.id)?.leaseEpoch ?? commit.expected.leaseEpoch;
    return super.commit({ ...commit, expected: { ...commit.expected, leaseEpoch } });
  }
}

/** As a claim that reads what is due in one transaction and takes it in another: two workers may read the same. */
class ClaimedByTwo extends InMemoryExecutionStore {
  private last: { readonly by: string; readonly until: number; readonly states: ExecutionState[] } | undefined;

  override async claim(request: ClaimRequest): Promise<ExecutionState[]> {
    const { last } = this;
    const states = await super.claim(request);
    this.last = { by: request.workerId, until: request.now + 10, states };
    const beside = last && last.by !== request.workerId && request.now <= last.until;
    return beside ? [...states, ...last.states] : states;
  }
}

/** A commit that failed is taken for one that was not written, and is written on top of whatever is there. */
function writtenAgain(store: ExecutionStore): ExecutionStore {
  const adapted = Object.create(store) as ExecutionStore;
  adapted.commit = async (commit) => {
    try {
      return await store.commit(commit);
    } catch (error) {
      const stored = await store.load(commit.state.id);
      if (!stored) throw error;
      const { leaseEpoch, eventSeq } = stored;
      return store.commit({ ...commit, expected: { leaseEpoch, eventSeq } });
    }
  };
  return adapted;
}

/** A machine's clock is set now and then: here it is an hour ahead for two seconds of every four. */
function wallClockOf(process: SimProcess): Clock {
  const skew = () => (process.now % 4_000 < 2_000 ? 3_600_000 : 0);
  return { ...process.clock, now: () => process.now + skew() };
}

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  { name: 'a missing epoch check', breaks: PROMISES.lease, newStore: () => new WithoutEpochCheck() },
  { name: 'lost wake-ups without a sweep', breaks: PROMISES.end, options: { pollMs: 1e9 } },
  { name: 'a commit-then-disconnect taken for a failure', breaks: PROMISES.events, adapt: writtenAgain },
  { name: 'recovery by two at once', breaks: PROMISES.claim, newStore: () => new ClaimedByTwo() },
  { name: 'a timer read from the wall clock', breaks: PROMISES.timer, clockOf: wallClockOf },
];
