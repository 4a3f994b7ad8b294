import type {
  ClaimRequest,
  ExecutionCommit,
  ExecutionStore,
  HeldLease,
  NewExecution,
  NewSignal,
  NewStart,
} from '../../ports/store.port';
import type { CommitFault } from './fault-kinds';
import type { FaultPlan } from './fault-plan';
import type { Judge } from './judge';
import { never, type SimProcess } from './sim-process';
import { transitionsOf } from './transitions-of';

/** How a call goes wrong: before the store has done its work, or after it. */
type Failure = 'before' | 'after';

interface Course {
  readonly failure?: Failure | undefined;
  /** On top of the ordinary way there, in milliseconds. */
  readonly delayMs?: number;
  readonly twice?: boolean;
}

export interface StoreWorld {
  /** What every process works on. */
  readonly inner: ExecutionStore;
  readonly faults: FaultPlan;
  readonly judge: Judge;
  readonly leaseMs: number;
}

/** The store as one process sees it over a network that loses, delays and doubles. */
export class FaultyStore implements ExecutionStore {
  constructor(
    private readonly process: SimProcess,
    private readonly world: StoreWorld,
  ) {}

  insert(execution: NewExecution, first?: ExecutionCommit): Promise<void> {
    return this.insertAll([{ execution, first }]);
  }

  async insertAll(starts: readonly NewStart[]): Promise<void> {
    const { judge, inner } = this.world;
    const name = starts.map(({ execution: { id }, held }) => (held ? `${id}, held by ${held.workerId}` : id)).join();
    const work = () => judge.watchInserts(starts, () => inner.insertAll(starts));
    const first = starts.find((start) => start.first)?.first;
    return first ? this.underCommitFault(first, `insert ${name} with`, work) : this.write(`insert ${name}`, work);
  }

  async commit(commit: ExecutionCommit): Promise<'committed' | 'lost'> {
    const { judge, inner } = this.world;
    const work = () => judge.watchCommit(this.process, commit, () => inner.commit(commit));
    return this.underCommitFault(commit, `commit ${commit.state.id}`, work);
  }

  async claim(request: ClaimRequest) {
    const { judge, inner, faults } = this.world;
    const fault = faults.strike(this.process, 'claim_refused', 'claim_disconnected');
    const failure = fault && (fault === 'claim_refused' ? 'before' : 'after');
    return this.call('claim', () => judge.watchClaim(request, () => inner.claim(request)), { failure });
  }

  async renew(leases: readonly HeldLease[], leaseMs: number, now: number): Promise<HeldLease[]> {
    const fault = this.world.faults.strike(this.process, 'renewal_failed');
    const failure = fault && (this.process.world.random.chance(0.5) ? 'before' : 'after');
    return this.call(`renew ${leases.length}`, () => this.world.inner.renew(leases, leaseMs, now), { failure });
  }

  async dueIn(now: number): Promise<number | null> {
    const due = await this.read('due in', () => this.world.inner.dueIn(now));
    if (due !== null && due <= 0 && this.world.faults.strike(this.process, 'look_frozen')) {
      this.process.freeze(this.pastLease());
      // Its commits come after the stop: they met the fault then.
      this.process.struck.set('look_frozen', this.process.now);
    }
    return due;
  }

  load = (executionId: string) => this.read(`load ${executionId}`, () => this.world.inner.load(executionId));
  lost = (leases: readonly HeldLease[]) => this.read('lost', () => this.world.inner.lost(leases));
  pendingSignals = (id: string) => this.read(`signals of ${id}`, () => this.world.inner.pendingSignals(id));
  withPendingSignals = (ids: readonly string[]) =>
    this.read('with signals', () => this.world.inner.withPendingSignals(ids));
  unreleased = (limit: number) => this.read('unreleased', () => this.world.inner.unreleased(limit));

  release = (lease: HeldLease, wakeAt: number | null) =>
    this.write(`release ${lease.executionId}`, () => this.world.inner.release(lease, wakeAt));
  signal: ExecutionStore['signal'] = (kind, refs, now) =>
    this.write(`signal ${refs.join()}`, () => this.world.inner.signal(kind, refs, now));
  addSignal = (signal: NewSignal) =>
    this.write(`add ${signal.id} (${signal.name}) to ${signal.executionId}`, () => this.world.inner.addSignal(signal));
  markReleased = (rowIds: readonly string[]) =>
    this.write(`mark released ${rowIds.join()}`, () => this.world.inner.markReleased(rowIds));

  private read<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const failure = this.world.faults.strike(this.process, 'read_failed') && 'before';
    return this.call(name, work, { failure });
  }

  /** Small writes fail as reads do, or after they have written. */
  private write<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const fault = this.world.faults.strike(this.process, 'read_failed');
    const failure = fault && (this.process.world.random.chance(0.5) ? 'before' : 'after');
    return this.call(name, work, { failure });
  }

  private underCommitFault<Result>(
    commit: ExecutionCommit,
    name: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const transitions = transitionsOf(commit);
    this.process.lastTransitions = transitions;
    if (this.process.isDead) {
      // It died at the debug point before this commit.
      this.world.faults.died(transitions);
      return never();
    }
    const fault = this.world.faults.ofCommit(this.process, transitions);
    const { epoch, seq } = { epoch: commit.expected.leaseEpoch, seq: commit.state.eventSeq };
    const what = `${name} [${[...transitions].join(' ')}] epoch ${epoch} to event ${seq}`;
    return this.call(fault ? `${what} !${fault}` : what, work, this.courseOf(fault));
  }

  private pastLease(): number {
    return this.world.leaseMs + this.process.world.random.between(50, 2_000);
  }

  private courseOf(fault: CommitFault | undefined): Course {
    const { random } = this.process.world;
    switch (fault) {
      case undefined:
        return {};
      case 'refused':
        return { failure: 'before' };
      case 'disconnected':
        return { failure: 'after' };
      case 'duplicated':
        return { twice: true };
      case 'delayed':
        return { delayMs: random.between(100, 1_200) };
      case 'overdue':
        return { delayMs: this.pastLease() };
      case 'crashed':
        this.process.crashAfterSending = random.chance(0.5);
        if (!this.process.crashAfterSending) this.process.crash('before a commit');
        return {};
      case 'frozen': {
        const sentFirst = random.chance(0.5);
        const goesOut = this.process.now;
        this.process.freeze(this.pastLease());
        return sentFirst ? { delayMs: goesOut - this.process.now } : {};
      }
    }
  }

  private call<Result>(name: string, work: () => Promise<Result>, course: Course): Promise<Result> {
    const { process } = this;
    if (process.isDead) return never();
    const { scheduler, trace, random } = process.world;
    const arrives = process.now + random.between(1, 3) + (course.delayMs ?? 0);
    const answerIn = () => scheduler.now + random.between(1, 3);
    trace.note(process.name, course.failure ? `${name} !fails ${course.failure}` : name);
    const result = new Promise<Result>((resolve, reject) => {
      const fail = () => void process.at(answerIn(), () => reject(new Error(`the store is away (${name})`)));
      if (course.twice) scheduler.at(arrives + random.between(1, 1_500), () => void work().catch(() => undefined));
      scheduler.at(arrives, () => {
        if (course.failure === 'before') return fail();
        work().then(
          (value) => (course.failure ? fail() : void process.at(answerIn(), () => resolve(value))),
          (error: Error) => void process.at(answerIn(), () => reject(error)),
        );
      });
    });
    if (process.crashAfterSending) process.crash('with a commit on its way');
    return result;
  }
}
