import { newId, sha256Hex } from '@aitbc/shared-core';
import type { CostBasis } from '@aitbc/shared-domain';
import { commitOf } from '../core/commit';
import type { EngineEvent } from '../core/engine-event';
import type { EventRecord, ExecutionState, StepState } from '../core/execution-state';
import { heldInitialState, initialState } from '../core/initial-state';
import { transition } from '../core/transition';
import type { ExecutionStore, NewExecution } from '../ports/store.port';
import { chain, newExecution } from './fixtures';

/** What the contract needs of an adapter. */
export interface StoreUnderTest {
  readonly store: ExecutionStore;
  /** The stored history of an execution, oldest first. */
  events(executionId: string): Promise<readonly EventRecord[]>;
}

const NOW = 1_800_000_000_000;
const LEASE = 30_000;
const plan = chain(['first', 'second']);
const flakyPlan = chain(['first', 'second'], { maxRetries: 1 });
const waitingPlan = chain(['first', 'second'], { config: { wait_for: { signal: 'go' } } });

/** The contract of {@link ExecutionStore}: every adapter passes the same suite. */
export function describeExecutionStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of the execution store`, () => {
    let store: ExecutionStore;
    let events: StoreUnderTest['events'];

    beforeEach(async () => {
      const opened = await open();
      store = opened.store;
      events = (id) => opened.events(id);
    });

    const claim = (workerId = 'w1', now = NOW, limit = 10) => store.claim({ workerId, now, leaseMs: LEASE, limit });

    async function insert(changes: Partial<NewExecution> = {}): Promise<string> {
      const execution = newExecution(plan, { createdAt: NOW, ...changes });
      await store.insert(execution);
      return execution.id;
    }

    async function claimOne(): Promise<ExecutionState> {
      const [execution] = await claim();
      if (!execution) throw new Error('nothing was due');
      return execution;
    }

    /** Applies events to a claimed execution and commits them. */
    async function commit(
      before: ExecutionState,
      list: readonly EngineEvent[],
      owner: string | null,
      wakeAt: number | null,
      by = plan,
    ) {
      let state = before;
      const records: EventRecord[] = [];
      for (const event of list) {
        const next = transition(by, state, event);
        state = next.state;
        records.push(...next.records);
      }
      const outcome = await store.commit(commitOf({ before, after: state, records }, { owner, wakeAt }, NOW));
      return { outcome, state };
    }

    const started: EngineEvent = { type: 'execution_started', at: NOW };
    const waitsForJob: EngineEvent = {
      type: 'step_suspended',
      at: NOW,
      stepId: 'first',
      wait: { kind: 'job', ref: 'job_1', until: NOW + 60_000 },
    };

    it('loads what was inserted, and nothing for an unknown id', async () => {
      const id = await insert({ inputs: '{"text":"ä"}', agentId: 'agent_1', maxCostBudget: 5 });
      const loaded = await store.load(id);
      expect(loaded).toMatchObject({
        id,
        status: 'pending',
        inputs: '{"text":"ä"}',
        agentId: 'agent_1',
        maxCostBudget: 5,
      });
      expect(loaded?.steps.size).toBe(0);
      expect(await store.load('exec_unknown')).toBeUndefined();
    });

    it('keeps the trace that an execution belongs to, through claims and commits', async () => {
      const traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const id = await insert({ traceParent });
      const claimed = await claimOne();
      await commit(claimed, [started, stepStarted('first')], 'w1', NOW + LEASE);
      const later = await claim('w2', NOW + LEASE + 1);
      expect([claimed, ...later, await store.load(id)].map((state) => state?.traceParent)).toEqual([
        traceParent,
        traceParent,
        traceParent,
      ]);
    });

    it('gives each due execution to one claim only, oldest due time first', async () => {
      const late = await insert({ createdAt: NOW });
      const early = await insert({ createdAt: NOW - 5 });
      await insert({ createdAt: NOW + 1 });
      const [one, two] = await Promise.all([claim('w1', NOW, 1), claim('w2', NOW, 1)]);
      expect([...one, ...two].map(({ id }) => id).sort()).toEqual([early, late].sort());
      expect(one[0]?.id === early || two[0]?.id === early).toBe(true);
      expect(await claim('w3')).toEqual([]);
    });

    it('stores many at once, the first of them claimed already, the others due', async () => {
      const [held, alsoHeld, due] = [1, 2, 3].map(() => newExecution(plan, { createdAt: NOW }));
      if (!held || !alsoHeld || !due) throw new Error('three were made');
      const claimed = { workerId: 'w1', now: NOW, leaseMs: LEASE };
      await store.insertAll([
        { execution: held, held: claimed },
        { execution: alsoHeld, held: claimed },
        { execution: due },
      ]);
      expect((await claim('w2')).map(({ id }) => id)).toEqual([due.id]);
      expect(await store.load(held.id)).toEqual(heldInitialState(held));
      const began = await commit(heldInitialState(held), [started], 'w1', NOW + LEASE);
      expect(began.outcome).toBe('committed');
      const late = await claim('w2', NOW + LEASE);
      expect(late.map(({ id }) => id).sort()).toEqual([held.id, alsoHeld.id, due.id].sort());
      const overslept = await commit(heldInitialState(alsoHeld), [started], 'w1', NOW + LEASE);
      expect(overslept.outcome).toBe('lost');
    });

    it('stores claimed ones with a commit on top', async () => {
      const [held, due] = [1, 2].map(() => newExecution(plan, { createdAt: NOW }));
      if (!held || !due) throw new Error('two were made');
      const before = heldInitialState(held);
      const { state, records } = [started, stepStarted('first')].reduce(
        (was, event) => {
          const next = transition(plan, was.state, event);
          return { state: next.state, records: [...was.records, ...next.records] };
        },
        { state: before, records: [] as EventRecord[] },
      );
      const first = commitOf({ before, after: state, records }, { owner: 'w1', wakeAt: NOW + LEASE }, NOW);
      const claimed = { workerId: 'w1', now: NOW, leaseMs: LEASE };
      await store.insertAll([{ execution: held, held: claimed, first }, { execution: due }]);
      expect((await claim('w2')).map(({ id }) => id)).toEqual([due.id]);
      expect(await store.load(held.id)).toEqual(state);
      expect((await events(held.id)).map(({ type }) => type)).toEqual(['execution.started', 'step.started']);
      const [late] = await claim('w2', NOW + LEASE);
      expect(late).toEqual({ ...state, leaseEpoch: 2 });
    });

    it('lets another worker claim when the lease has run out, with a higher epoch', async () => {
      const id = await insert();
      const first = await claimOne();
      expect(await claim('w2', NOW + LEASE - 1)).toEqual([]);
      const [second] = await claim('w2', NOW + LEASE);
      expect(second?.id).toBe(id);
      expect(second?.leaseEpoch).toBe(first.leaseEpoch + 1);
    });

    it('stores state, steps and events of a commit together', async () => {
      const id = await insert();
      const { outcome, state } = await commit(await claimOne(), [started, stepStarted('first')], 'w1', NOW + LEASE);
      expect(outcome).toBe('committed');
      expect(await store.load(id)).toEqual(state);
      expect(await events(id)).toEqual([
        { seq: 1, type: 'execution.started', stepId: null, data: { inputs_hash: sha256Hex('{}') }, at: NOW },
        { seq: 2, type: 'step.started', stepId: 'first', data: { attempt: 1, input_hash: sha256Hex('{}') }, at: NOW },
      ]);
    });

    it('refuses every write of a worker whose lease was taken over', async () => {
      const id = await insert();
      const zombie = await claimOne();
      await claim('w2', NOW + LEASE);
      const before = await store.load(id);
      const { outcome } = await commit(zombie, [started, stepStarted('first')], 'w1', NOW + LEASE);
      expect(outcome).toBe('lost');
      expect(await store.renew([{ executionId: id, leaseEpoch: zombie.leaseEpoch }], LEASE, NOW + LEASE)).toHaveLength(
        1,
      );
      await store.release({ executionId: id, leaseEpoch: zombie.leaseEpoch }, NOW);
      expect(await store.load(id)).toEqual(before);
      expect(await events(id)).toEqual([]);
      expect(await claim('w3', NOW + LEASE + 1)).toEqual([]);
    });

    it('refuses a second commit from the same state, so that two writers cannot both win', async () => {
      const id = await insert();
      const claimed = await claimOne();
      const [one, two] = await Promise.all([
        commit(claimed, [started], 'w1', NOW + LEASE),
        commit(claimed, [{ type: 'cancel_requested', at: NOW, reason: 'no longer needed' }], null, null),
      ]);
      expect([one.outcome, two.outcome].sort()).toEqual(['committed', 'lost']);
      expect((await events(id)).map(({ seq }) => seq)).toEqual([1]);
    });

    it('never changes a final execution', async () => {
      const id = await insert();
      const claimed = await claimOne();
      const cancel: EngineEvent = { type: 'cancel_requested', at: NOW, reason: 'no longer needed' };
      const { state } = await commit(claimed, [cancel], null, null);
      const zombie = { ...state, status: 'running' as const };
      expect((await commit(zombie, [stepStarted('first')], 'w1', NOW)).outcome).toBe('lost');
      expect((await store.load(id))?.status).toBe('cancelled');
      expect(await claim('w2', NOW + 10 * LEASE)).toEqual([]);
    });

    it('commits many executions at once, each by its own conditions', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => insert()));
      const claimed = await claim('w1', NOW, 20);
      const stale = claimed.map((state, index) =>
        index % 4 === 0 ? { ...state, leaseEpoch: state.leaseEpoch - 1 } : state,
      );
      const outcomes = await Promise.all(
        stale.map((state) => commit(state, [started, stepStarted('first')], 'w1', NOW + LEASE)),
      );
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(
        stale.map((_, index) => (index % 4 === 0 ? 'lost' : 'committed')),
      );
      const loaded = await Promise.all(ids.map((id) => store.load(id)));
      expect(loaded.filter((state) => state?.status === 'running')).toHaveLength(15);
    });

    it('renews leases that are held, and tells the lost ones', async () => {
      const id = await insert();
      const { leaseEpoch } = await claimOne();
      const held = { executionId: id, leaseEpoch };
      const gone = { executionId: id, leaseEpoch: leaseEpoch - 1 };
      expect(await store.lost([held, gone])).toEqual([gone]);
      expect(await store.renew([held, gone], LEASE, NOW + LEASE)).toEqual([gone]);
      expect(await claim('w2', NOW + LEASE)).toEqual([]);
      expect(await claim('w2', NOW + 2 * LEASE)).toHaveLength(1);
    });

    it('hands a released lease to the next claim', async () => {
      const id = await insert();
      const { leaseEpoch } = await claimOne();
      await store.release({ executionId: id, leaseEpoch }, NOW + 7);
      expect(await store.dueIn(NOW)).toBe(7);
      expect(await claim('w2', NOW + 7)).toHaveLength(1);
    });

    it('makes an execution due when what its step waits for is signalled', async () => {
      const id = await insert();
      await commit(await claimOne(), [started, stepStarted('first'), waitsForJob], null, NOW + 60_000);
      expect(await claim('w2')).toEqual([]);
      expect(await store.signal('job', ['job_0', 'job_1'], NOW)).toEqual([id]);
      const [woken] = await claim('w2');
      expect(woken?.steps.get('first')?.wait).toEqual({ kind: 'job', ref: 'job_1', until: NOW });
      expect(await store.signal('job', ['job_2'], NOW)).toEqual([]);
    });

    it('does not take a held execution away by a signal', async () => {
      const id = await insert();
      await commit(await claimOne(), [started, stepStarted('first'), waitsForJob], 'w1', NOW + LEASE);
      expect(await store.signal('job', ['job_1'], NOW)).toEqual([id]);
      expect(await claim('w2')).toEqual([]);
    });

    it('leaves a paused execution alone when what its step waits for is signalled', async () => {
      const id = await insert();
      const { state } = await commit(await claimOne(), [started, stepStarted('first'), waitsForJob], null, NOW + 1);
      await commit(state, [{ type: 'pause_requested', at: NOW, reason: 'tested' }], null, null);
      await store.signal('job', ['job_1'], NOW);
      expect(await store.load(id)).toMatchObject({ status: 'paused' });
      expect(await store.dueIn(NOW)).toBeNull();
    });

    const signalFor = (executionId: string, name = 'go') => {
      return { id: newId('sig'), executionId, name, data: '{"n":1}', sentBy: 'owner', sentAt: NOW };
    };

    it('keeps signals in the order in which they came, until a commit takes them', async () => {
      const id = await insert();
      const [first, second] = [signalFor(id, 'a'), signalFor(id, 'b')];
      await store.addSignal(first);
      await store.addSignal(second);
      expect(await store.pendingSignals(id)).toEqual([
        { id: first.id, name: 'a', data: '{"n":1}' },
        { id: second.id, name: 'b', data: '{"n":1}' },
      ]);
      const { state } = await commit(await claimOne(), [started], 'w1', NOW + LEASE);
      const taking = { before: state, after: state, records: [], consumedSignals: [first.id] };
      const stale = { ...taking, before: { ...state, leaseEpoch: 0 } };
      expect(await store.commit(commitOf(stale, { owner: 'w1', wakeAt: NOW + LEASE }, NOW))).toBe('lost');
      expect(await store.pendingSignals(id)).toHaveLength(2);
      expect(await store.commit(commitOf(taking, { owner: 'w1', wakeAt: NOW + LEASE }, NOW))).toBe('committed');
      expect((await store.pendingSignals(id)).map(({ name }) => name)).toEqual(['b']);
      expect(await store.withPendingSignals([id, 'exec_unknown'])).toEqual([id]);
    });

    it('makes an execution due by a signal, unless somebody holds it', async () => {
      const id = await insert();
      const { state } = await commit(await claimOne(), [started], 'w1', NOW + LEASE);
      await store.addSignal(signalFor(id));
      expect(await store.dueIn(NOW)).toBe(LEASE);
      await commit(state, [stepStarted('first'), waitsForJob], null, NOW + 60_000);
      await store.addSignal(signalFor(id));
      expect(await store.dueIn(NOW)).toBe(0);
    });

    it('hands an execution over as due when a signal has come that it waits for', async () => {
      const [id, other] = [await insert(), await insert()];
      const [one, two] = await claim();
      if (!one || !two) throw new Error('two were due');
      const waitBegun: EngineEvent = { type: 'step_wait_begun', at: NOW, stepId: 'first', rowId: newId('step_exec') };
      const elsewhere = { ...waitBegun, rowId: newId('step_exec') };
      // Both are held: neither signal wakes anybody.
      await store.addSignal(signalFor(id, 'go'));
      await store.addSignal(signalFor(other, 'another name'));
      const byId = new Map([one, two].map((execution) => [execution.id, execution]));
      await commit(byId.get(id) ?? one, [started, waitBegun], null, NOW + 60_000, waitingPlan);
      await commit(byId.get(other) ?? two, [started, elsewhere], null, NOW + 60_000, waitingPlan);
      expect((await claim('w2')).map((execution) => execution.id)).toEqual([id]);
    });

    it('leaves a paused execution alone when it gets a signal', async () => {
      const id = await insert();
      await commit(await claimOne(), [started, { type: 'pause_requested', at: NOW, reason: 'tested' }], null, null);
      await store.addSignal(signalFor(id));
      expect(await store.dueIn(NOW)).toBeNull();
    });

    it('stores an execution together with what it adopts', async () => {
      const execution = newExecution(plan, { createdAt: NOW });
      const steps = [{ ...adopted('first'), id: newId('step_exec') }];
      const before = initialState(execution);
      const { state, records } = transition(plan, before, { type: 'steps_adopted', at: NOW, from: 'exec_0', steps });
      await store.insert(execution, commitOf({ before, after: state, records }, { owner: null, wakeAt: NOW }, NOW));
      expect(await store.load(execution.id)).toEqual(state);
      expect((await events(execution.id)).map(({ type }) => type)).toEqual(['execution.forked']);
      expect((await claimOne()).steps.get('first')).toMatchObject({ status: 'completed', adoptedFrom: 'exec_0' });
    });

    it('keeps what each attempt has cost, and why', async () => {
      await insert();
      const { state: begun } = await commit(await claimOne(), [started, stepStarted('first')], 'w1', NOW + LEASE);
      const tokens: CostBasis = {
        ...{ kind: 'tokens', model: 'tiny', promptTokens: 7, completionTokens: null },
        ...{ inputPrice: 3, outputPrice: null },
      };
      const failure = { code: 'job_failed' as const, message: 'not yet', retryable: true };
      const failed: EngineEvent = {
        ...{ type: 'step_failed', at: NOW, stepId: 'first', failure, random: 0, release: false },
        use: { cost: 5, basis: tokens },
      };
      const job: CostBasis = { kind: 'job', jobId: 'job_1' };
      const use = { cost: 11, basis: job, jobReceiptId: 'rcpt_1' };
      const succeeded: EngineEvent = { type: 'step_succeeded', at: NOW, stepId: 'first', output: '1', use };
      const { state } = await commit(begun, [failed, stepStarted('first'), succeeded], null, null, flakyPlan);
      const loaded = await store.load(state.id);
      expect(loaded).toEqual(state);
      expect(loaded).toMatchObject({ totalCost: 16 });
      expect(loaded?.steps.get('first')).toMatchObject({
        cost: 16,
        jobReceiptId: 'rcpt_1',
        charges: [
          { attempt: 1, cost: 5, basis: tokens, jobReceiptId: null },
          { attempt: 2, cost: 11, basis: job, jobReceiptId: 'rcpt_1' },
        ],
      });
    });

    it('keeps the need to release until it is marked as done', async () => {
      const id = await insert();
      const { state } = await commit(await claimOne(), [started, stepStarted('first')], 'w1', NOW + LEASE);
      await commit(state, [{ type: 'cancel_requested', at: NOW, reason: 'no longer needed' }], null, null);
      const [held, ...others] = await store.unreleased(10);
      expect(held).toMatchObject({ executionId: id, stepId: 'first', attempt: 1, idempotencyKey: `${id}:first:1` });
      expect(others).toEqual([]);
      await store.markReleased([held?.rowId ?? '']);
      expect(await store.unreleased(10)).toEqual([]);
    });
  });
}

/** A completed step as another execution left it. */
function adopted(stepId: string): StepState {
  const given = { id: '', stepId, stepType: 'custom', status: 'completed', attempt: 1 } as const;
  const texts = { input: '{}', output: '1', error: null, metrics: null, awaited: null, adoptedFrom: 'exec_0' };
  const nothing = {
    cost: 0,
    charges: [],
    reservedCost: 0,
    wait: null,
    deadlineAt: null,
    jobReceiptId: null,
    releasePending: false,
  };
  return { ...given, ...texts, ...nothing, startedAt: NOW, completedAt: NOW };
}

function stepStarted(stepId: string): EngineEvent {
  return {
    type: 'step_started',
    at: NOW,
    stepId,
    rowId: newId('step_exec'),
    input: '{}',
    estimate: 0,
  };
}
