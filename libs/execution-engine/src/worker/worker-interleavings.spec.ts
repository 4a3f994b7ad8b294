import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import type { Evaluation, ExpressionEvaluator } from '../ports/expressions.port';
import { LeaseLost, type StepHandler, type StepResult } from '../ports/step-handler.port';
import type { ExecutionPlan } from '../core/plan';
import { chain, output, planOf, stepPlan, TestHandler, untilAborted, WorkerBench } from '../testing';

const NEVER = Date.now() + 3_600_000;
const FAR_LEASE = { leaseMs: 3_600_000 };
const deferred = () => Promise.withResolvers<void>();

function waitFor(ref: string): StepResult {
  return { suspend: { kind: 'job', ref, until: NEVER } };
}

describe('the worker, whatever comes between,', () => {
  let store: InMemoryExecutionStore;
  /** The one that was opened last. */
  let bench: WorkerBench;
  const opened: WorkerBench[] = [];
  // Every one: the worker of a bench that is forgotten would look at its store for as long as the process lives.
  afterEach(() => Promise.all(opened.splice(0).map((each) => each.stop())));

  function open(plan: ExecutionPlan, handler: StepHandler, evaluator?: ExpressionEvaluator): WorkerBench {
    store = new InMemoryExecutionStore();
    bench = beside(plan, handler, evaluator);
    return bench;
  }

  /** Another process on the same store. */
  function beside(plan: ExecutionPlan, handler: StepHandler, evaluator?: ExpressionEvaluator): WorkerBench {
    const other = new WorkerBench(store, plan, { custom: handler }, evaluator);
    opened.push(other);
    return other;
  }

  describe('wake-ups', () => {
    it('hears a signal that comes while a step is just looking for itself', async () => {
      // The look has read "still running" when the job ends; were the signal spent now, the next look is an hour away.
      const looking = deferred();
      const goOn = deferred();
      let looks = 0;
      const handler = new TestHandler(() => ({ suspend: { kind: 'job', ref: 'job_1', until: Date.now() } }));
      handler.resume = async () => {
        looks += 1;
        if (looks > 1) return output('done');
        looking.resolve();
        await goOn.promise;
        return waitFor('job_1');
      };
      const worker = open(planOf([stepPlan('a')]), handler).startWorker();
      const id = await bench.begin();
      await looking.promise;
      await worker.signal('job', ['job_1']);
      // Whatever the signal made the run do is done before the look comes back.
      await new Promise((resolve) => setTimeout(resolve, 20));
      goOn.resolve();
      expect((await bench.until(id)).status).toBe('completed');
      expect(looks).toBe(2);
    });

    it('finishes 500 executions whose jobs end at any instant, without ever looking by itself', async () => {
      const states = new Map<string, 'running' | 'done'>();
      const handler = new TestHandler(({ idempotencyKey }) => {
        states.set(idempotencyKey, 'running');
        later(() => {
          states.set(idempotencyKey, 'done');
          void worker.signal('job', [idempotencyKey]);
        });
        return waitFor(idempotencyKey);
      });
      handler.resume = async ({ idempotencyKey }) => {
        const seen = states.get(idempotencyKey);
        await new Promise<void>((resolve) => later(resolve));
        return seen === 'done' ? output('done') : waitFor(idempotencyKey);
      };
      const plan = planOf(['a', 'b', 'c'].map((id) => stepPlan(id, { timeoutMs: 3_600_000 })));
      const worker = open(plan, handler).startWorker({ ...FAR_LEASE, pollMs: 3_600_000 });
      const ids = await Promise.all(Array.from({ length: 500 }, () => bench.begin()));
      for (const id of ids) expect((await bench.until(id)).status).toBe('completed');
      expect(handler.ran).toHaveLength(1_500);
    });
  });

  describe('a lost lease', () => {
    it('is told to the handler apart from the end of its attempt', async () => {
      const reasons: unknown[] = [];
      const handler = new TestHandler((context) => {
        context.signal.addEventListener('abort', () => reasons.push(context.signal.reason));
        return untilAborted(context);
      });
      open(planOf([stepPlan('a', { timeoutMs: 30 })]), handler).startWorker();
      await bench.until(await bench.begin());
      const leaving = open(planOf([stepPlan('a')]), handler).startWorker();
      await bench.begin();
      while (handler.ran.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      await leaving.stop(0);
      expect(reasons.map((reason) => reason instanceof LeaseLost)).toEqual([false, true]);
    });

    it('starts no handler when the lease goes while its start is being committed', async () => {
      const handler = new TestHandler(() => output(null));
      open(planOf([stepPlan('a')]), handler);
      const commit = store.commit.bind(store);
      const id = await bench.begin();
      jest.spyOn(store, 'commit').mockImplementationOnce(async (given) => {
        const outcome = await commit(given);
        // As by another process: our loop hears of it before the answer to its own commit.
        await bench.commands.cancel(id, 'no longer needed');
        return outcome;
      });
      bench.startWorker();
      expect((await bench.until(id)).status).toBe('cancelled');
      await bench.stop();
      expect(handler.ran).toEqual([]);
    });

    it('lets go once more when another process cancelled while a handler took hold of something', async () => {
      const holding = deferred();
      const held: string[] = [];
      const handler = new TestHandler(async ({ idempotencyKey }) => {
        await holding.promise;
        held.push(idempotencyKey);
        return waitFor('job_1');
      });
      handler.release = ({ idempotencyKey }) => {
        held.splice(0, held.length, ...held.filter((key) => key !== idempotencyKey));
        handler.released.push(idempotencyKey);
        return Promise.resolve();
      };
      open(planOf([stepPlan('a')]), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => handler.ran.length === 1);
      // The other process releases at once, too early to find anything.
      const elsewhere = beside(planOf([stepPlan('a')]), handler);
      await elsewhere.commands.cancel(id, 'no longer needed');
      elsewhere.startWorker();
      await bench.until(id, () => handler.released.length > 0);
      holding.resolve();
      await bench.until(id, () => handler.released.length > 1 && held.length === 0);
    });
  });

  describe('stopping', () => {
    it('hands back also what was being claimed, and what a commit takes up again', async () => {
      const handler = new TestHandler(untilAborted);
      open(planOf([stepPlan('a')]), handler);
      const claim = store.claim.bind(store);
      const claiming = deferred();
      const goOn = deferred();
      jest.spyOn(store, 'claim').mockImplementationOnce(async (request) => {
        claiming.resolve();
        await goOn.promise;
        return claim(request);
      });
      const leaving = bench.startWorker(FAR_LEASE);
      const id = await bench.begin();
      await claiming.promise;
      const stopped = leaving.stop(0);
      goOn.resolve();
      await stopped;
      expect(handler.ran).toEqual([]);
      expect(await store.dueIn(Date.now())).toBeLessThanOrEqual(0);
      expect((await store.load(id))?.status).toBe('pending');
    });

    it('hands back a lease only after the commit that was under way', async () => {
      const handler = new TestHandler(untilAborted);
      open(planOf([stepPlan('a')]), handler);
      const commit = store.commit.bind(store);
      const committing = deferred();
      const goOn = deferred();
      jest.spyOn(store, 'commit').mockImplementationOnce(async (given) => {
        committing.resolve();
        await goOn.promise;
        return commit(given);
      });
      const leaving = bench.startWorker(FAR_LEASE);
      await bench.begin();
      await committing.promise;
      const stopped = leaving.stop(0);
      await new Promise((resolve) => setTimeout(resolve, 20));
      goOn.resolve();
      await stopped;
      expect(await store.dueIn(Date.now())).toBeLessThanOrEqual(0);
    });
  });

  it('aborts what it runs under a lease that ran out when it claims the execution again', async () => {
    const signals: AbortSignal[] = [];
    const handler = new TestHandler((context) => {
      signals.push(context.signal);
      return untilAborted(context);
    });
    // It renews nothing, and looks again when the lease is over.
    open(planOf([stepPlan('a')]), handler).startWorker({ leaseMs: 50, pollMs: 3_600_000 });
    await bench.until(await bench.begin(), () => signals.length > 1);
    expect(signals[0]?.reason).toBeInstanceOf(LeaseLost);
  });

  it('keeps its leases and claims on while letting go takes long', async () => {
    const released = deferred();
    const handler = new TestHandler(({ execution, ...context }) =>
      execution.ownerId === 'owner' ? untilAborted({ execution, ...context }) : output(null),
    );
    handler.release = () => released.promise;
    open(planOf([stepPlan('a')]), handler).startWorker();
    const id = await bench.begin();
    await bench.until(id, () => handler.ran.length === 1);
    await bench.commands.cancel(id, 'no longer needed');
    expect((await bench.until(await bench.begin({ ownerId: 'other' }))).status).toBe('completed');
    expect(await store.unreleased(10)).toHaveLength(1);
    released.resolve();
    await bench.until(id, ({ steps }) => steps.get('a')?.releasePending === false);
  });

  describe('evaluation', () => {
    const hanging: ExpressionEvaluator = {
      evaluateAll: (_, __, signal) =>
        new Promise<Evaluation[]>((___, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    };

    it.each([
      ['a condition', planOf([stepPlan('a', { when: 'true' })])],
      ['a mapping', planOf([stepPlan('a', { inputMappings: { x: '1' } })])],
      ['the outputs', { ...planOf([stepPlan('a')]), outputs: { x: '1' } }],
    ])('of %s that hangs ends with the execution', async (_, plan) => {
      open(plan, new TestHandler(() => output(null)), hanging).startWorker();
      const timedOut = await bench.until(await bench.begin({ maxExecutionTime: 0.05 }));
      expect(timedOut).toMatchObject({ status: 'failed', error: { code: 'execution_timeout' } });
      const id = await bench.begin();
      await bench.until(id, ({ leaseEpoch }) => leaseEpoch > 0);
      expect((await bench.commands.cancel(id, 'no longer needed')).status).toBe('cancelled');
      await bench.stop();
    });

    it('is tried again when the evaluator was not there', async () => {
      let calls = 0;
      const evaluator: ExpressionEvaluator = {
        evaluateAll: async (expressions) =>
          expressions.map(() =>
            (calls += 1) % 2 === 1
              ? { ok: false, code: 'sandbox_unavailable', message: 'no child', retryable: true }
              : { ok: true, value: 'mapped' },
          ),
      };
      const handler = new TestHandler(({ input }) => output(input));
      const plan = { ...chain(['a'], { inputMappings: { x: '1' }, maxRetries: 1 }), outputs: { y: '1' } };
      open(plan, handler, evaluator).startWorker({ leaseMs: 50 });
      const state = await bench.until(await bench.begin());
      expect(state).toMatchObject({ status: 'completed', finalResult: '{"y":"mapped"}' });
      expect(calls).toBe(4);
    });
  });

  it('looks no more than it must while all slots are taken, and leaves nothing behind', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    const handler = new TestHandler(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return output(null);
    });
    const after = jest.spyOn(globalThis, 'setTimeout');
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    const plan = planOf(Array.from({ length: 20 }, (_, n) => stepPlan(`s${n}`, { inputMappings: { n: `${n}` } })));
    open(plan, handler).startWorker({ maxSteps: 7, ...FAR_LEASE });
    const ids = await Promise.all(Array.from({ length: 100 }, () => bench.begin()));
    for (const id of ids) expect((await bench.until(id)).status).toBe('completed');
    await bench.stop();
    const long = after.mock.calls.flatMap(([, delay], call) =>
      (delay ?? 0) > 1_000 ? [after.mock.results[call]?.value as unknown] : [],
    );
    const ended = new Set(cleared.mock.calls.map(([timer]) => timer as unknown));
    after.mockRestore();
    cleared.mockRestore();
    process.off('warning', onWarning);
    expect(long.length).toBeGreaterThan(2_000);
    expect(long.filter((timer) => !ended.has(timer))).toEqual([]);
    expect(handler.ran).toHaveLength(2_000);
    expect(warnings).toEqual([]);
  });
});

/** After a moment that is another each time: at once, after the running callbacks, or after some milliseconds. */
function later(work: () => void): void {
  const chance = Math.random();
  if (chance < 0.25) queueMicrotask(work);
  else if (chance < 0.5) setImmediate(work);
  else setTimeout(work, Math.random() * 8);
}
