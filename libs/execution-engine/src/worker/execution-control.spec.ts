import { newId } from '@aitbc/shared-core';
import { adoptedStep } from '../core/control-transition';
import type { ExecutionPlan } from '../core/plan';
import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import type { StepHandler } from '../ports/step-handler.port';
import { newExecution, output, planOf, stepPlan, TestHandler, untilAborted, WorkerBench } from '../testing';

describe('an execution that is controlled from outside', () => {
  let bench: WorkerBench;
  let store: InMemoryExecutionStore;

  function open(plan: ExecutionPlan, handler: StepHandler): WorkerBench {
    store = new InMemoryExecutionStore();
    bench = new WorkerBench(store, plan, { custom: handler });
    return bench;
  }

  afterEach(() => bench.stop());

  const send = async (executionId: string, name: string, data = '{"ok":true}') => {
    const signal = { id: newId('sig'), executionId, name, data, sentBy: 'tester', sentAt: Date.now() };
    await bench.commands.signal(signal);
    bench.commands.announceSignal(signal);
  };
  const typesOf = (id: string) => store.events(id).map(({ type }) => type);

  describe('by signals', () => {
    const approval = planOf([
      stepPlan('ask', { config: { wait_for: { signal: 'approve' } }, inputMappings: { ok: 'signal.ok' } }),
    ]);
    const echo = () => new TestHandler(({ input }) => output(input));

    it('holds no worker until the signal comes, and shows its data to the mappings', async () => {
      const handler = echo();
      open(approval, handler).startWorker({ concurrency: 1 });
      const id = await bench.begin();
      const waiting = await bench.until(id, ({ status }) => status === 'waiting');
      expect(waiting.steps.get('ask')).toMatchObject({ status: 'waiting', attempt: 0, deadlineAt: null });
      expect(handler.ran).toEqual([]);
      await send(id, 'other');
      await send(id, 'approve');
      expect((await bench.until(id)).finalResult).toBe('{"ask":{"ok":true}}');
      const waits = ['step.waiting', 'step.awaited', 'step.started', 'step.completed'];
      expect(typesOf(id)).toEqual(['execution.started', ...waits, 'execution.completed']);
      expect((await store.pendingSignals(id)).map(({ name }) => name)).toEqual(['other']);
    });

    it('takes a signal that came before anybody waited for it', async () => {
      open(approval, echo());
      const id = await bench.begin();
      await send(id, 'approve', '{"ok":1}');
      bench.startWorker();
      expect((await bench.until(id)).finalResult).toBe('{"ask":{"ok":1}}');
    });

    it('ends one wait by each signal, in the order of both', async () => {
      const wait = { config: { wait_for: { signal: 'go' } }, inputMappings: { n: 'signal' } };
      const plan = planOf([stepPlan('first', wait), stepPlan('second', { ...wait })], { second: ['first'] });
      open(plan, echo()).startWorker();
      const id = await bench.begin();
      await send(id, 'go', '1');
      await bench.until(id, ({ completedSteps, status }) => completedSteps === 1 && status === 'waiting');
      await send(id, 'go', '2');
      const { steps } = await bench.until(id);
      expect([steps.get('first')?.output, steps.get('second')?.output]).toEqual(['{"n":1}', '{"n":2}']);
    });

    it('finds by itself what another process stored, also while it holds the execution', async () => {
      const finish = { now: () => undefined as void };
      const handler = new TestHandler(({ step }) => {
        if (step.id === 'ask') finish.now();
        return step.id === 'ask' ? output(1) : new Promise((resolve) => (finish.now = () => resolve(output(2))));
      });
      const steps = [stepPlan('ask', { config: { wait_for: { signal: 'go' } } }), stepPlan('long')];
      open(planOf(steps), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => handler.ran.includes('long'));
      const unannounced = { id: newId('sig'), executionId: id, name: 'go', data: '1', sentBy: 'x', sentAt: Date.now() };
      await store.addSignal(unannounced);
      expect((await bench.until(id)).status).toBe('completed');
    });

    it('does not wait again when the step is tried again', async () => {
      const handler = new TestHandler(({ attempt }) => {
        if (attempt === 1) throw new Error('the first attempt fails');
        return output(attempt);
      });
      open(planOf([stepPlan('ask', { config: { wait_for: { signal: 'go' } }, maxRetries: 1 })]), handler).startWorker();
      const id = await bench.begin();
      await send(id, 'go');
      expect((await bench.until(id)).finalResult).toBe('{"ask":2}');
    });
  });

  it('waits for times without a worker', async () => {
    const soon = new Date(Date.now() + 60).toISOString();
    const steps = [
      stepPlan('delay', { config: { wait_for: { seconds: 0.05 } } }),
      stepPlan('until', { config: { wait_for: { until: soon } } }),
    ];
    open(planOf(steps), new TestHandler(() => output(Date.now()))).startWorker();
    const state = await bench.until(await bench.begin());
    expect(Number(state.steps.get('until')?.output)).toBeGreaterThanOrEqual(Date.parse(soon));
    const startedAt = state.startedAt ?? Infinity;
    expect(Number(state.steps.get('delay')?.output)).toBeGreaterThanOrEqual(startedAt + 50);
  });

  describe('by pausing', () => {
    it('aborts what runs, and runs the same attempt again when it is resumed', async () => {
      const seen: string[] = [];
      let blocked = true;
      const handler = new TestHandler((context) => {
        seen.push(context.idempotencyKey);
        return blocked ? untilAborted(context) : output('done');
      });
      open(planOf([stepPlan('a')]), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => seen.length === 1);
      await bench.commands.pause(id, 'maintenance');
      expect(await store.load(id)).toMatchObject({ status: 'paused' });
      expect(await store.dueIn(Date.now())).toBeNull();
      await expect(bench.commands.pause(id, 'again')).rejects.toMatchObject({ code: 'conflict' });
      blocked = false;
      await bench.commands.resume(id);
      const state = await bench.until(id);
      expect(state).toMatchObject({ status: 'completed', pausedAt: null });
      expect(seen).toEqual([`${id}:a:1`, `${id}:a:1`]);
      expect(handler.released).toEqual([]);
      expect(typesOf(id)).toEqual(
        expect.arrayContaining(['execution.paused', 'execution.resumed', 'step.restarted', 'execution.completed']),
      );
      await expect(bench.commands.resume(id)).rejects.toMatchObject({ code: 'conflict' });
    });

    it('keeps one that has not begun from beginning, and its time from running', async () => {
      open(planOf([stepPlan('a')]), new TestHandler(() => output(1)));
      const id = await bench.begin({ maxExecutionTime: 100 });
      await bench.commands.pause(id, 'not yet');
      bench.startWorker();
      await bench.commands.resume(id);
      const { status, deadlineAt, startedAt } = await bench.until(id);
      expect({ status, time: (deadlineAt ?? 0) - (startedAt ?? 0) }).toEqual({ status: 'completed', time: 100_000 });
    });

    it('can be cancelled', async () => {
      open(planOf([stepPlan('a')]), new TestHandler(untilAborted)).startWorker();
      const id = await bench.begin();
      await bench.commands.pause(id, 'maintenance');
      expect(await bench.commands.cancel(id, 'for good')).toMatchObject({ status: 'cancelled', pausedAt: null });
    });
  });

  it('goes on from the steps that it adopted', async () => {
    const handler = new TestHandler(({ step }) => output(step.id, 7));
    const plan = planOf([stepPlan('a'), stepPlan('b', { inputMappings: { a: 'steps.a.output' } })], { b: ['a'] });
    open(plan, handler).startWorker();
    const first = await bench.until(await bench.begin());
    const done = first.steps.get('a');
    if (!done) throw new Error('a has not run');
    const fork = newExecution(plan, { retryOf: first.id });
    const steps = [adoptedStep(done, first.id, newId('step_exec'))];
    await bench.commands.create(fork, { plan, from: first.id, steps });
    bench.commands.announce();
    const state = await bench.until(fork.id);
    expect(handler.ran).toEqual(['a', 'b', 'b']);
    expect(state).toMatchObject({ status: 'completed', completedSteps: 2, totalCost: 7 });
    expect(state.steps.get('a')).toMatchObject({ output: '"a"', cost: 0, adoptedFrom: first.id });
    expect(typesOf(fork.id)[0]).toBe('execution.forked');
  });

  it('starts no step whose estimate is above what is left of the budget', async () => {
    const handler = new TestHandler(() => output(1, 6));
    const priced: StepHandler = Object.assign(handler, { estimate: () => 6 });
    open(planOf([stepPlan('a'), stepPlan('b')], { b: ['a'] }), priced).startWorker();
    const state = await bench.until(await bench.begin({ maxCostBudget: 10 }));
    expect(state).toMatchObject({
      status: 'failed',
      error: { code: 'budget_exceeded' },
      failedStep: 'b',
      totalCost: 6,
    });
    expect(handler.ran).toEqual(['a']);
  });
});
