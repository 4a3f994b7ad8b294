import type { JsonValue } from '@aitbc/shared-domain';
import type { StepState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import { type StepContext, StepFailure, type StepHandler, type StepResult } from '../ports/step-handler.port';
import { chain, costing, output, planOf, stepPlan, TestHandler, untilAborted, WorkerBench } from '../testing';

const echo = (context: StepContext): StepResult => ({ output: context.input, cost: 0 });

function outputOf(step: StepState | undefined): unknown {
  return step?.output === null || step === undefined ? undefined : JSON.parse(step.output);
}

describe('the execution worker', () => {
  let bench: WorkerBench;
  let store: InMemoryExecutionStore;

  function open(plan: ExecutionPlan, handler: StepHandler): WorkerBench {
    store = new InMemoryExecutionStore();
    bench = new WorkerBench(store, plan, { custom: handler });
    return bench;
  }

  afterEach(() => bench.stop());

  it('runs a chain in order and gives the output of its last step', async () => {
    const handler = new TestHandler(({ step }) => output(step.id));
    open(chain(['a', 'b', 'c']), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(handler.ran).toEqual(['a', 'b', 'c']);
    expect(state).toMatchObject({ status: 'completed', completedSteps: 3, finalResult: '{"c":"c"}' });
    const events = store.events(state.id);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type, stepId }) => [type, stepId])).toEqual([
      ['execution.started', null],
      ['step.started', 'a'],
      ['step.completed', 'a'],
      ['step.started', 'b'],
      ['step.completed', 'b'],
      ['step.started', 'c'],
      ['step.completed', 'c'],
      ['execution.completed', null],
    ]);
  });

  it('runs independent steps at the same time, up to its limit', async () => {
    let running = 0;
    let most = 0;
    const handler = new TestHandler(async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return output(null);
    });
    open(planOf(Array.from({ length: 12 }, (_, index) => stepPlan(`s${index}`))), handler).startWorker({
      maxParallelSteps: 4,
    });
    expect((await bench.until(await bench.begin())).status).toBe('completed');
    expect(most).toBe(4);
  });

  it('maps inputs and outputs by expressions over what came before', async () => {
    const plan = planOf(
      [
        stepPlan('a', { inputMappings: { x: 'inputs.n * 2', literal: { literal: 'inputs.n' }, list: [1] } }),
        stepPlan('b', {
          inputMappings: { y: 'steps.a.output.x + 1', none: 'inputs.absent' },
          outputMappings: { z: 'output.y * 10' },
        }),
      ],
      { b: ['a'] },
    );
    open(plan, new TestHandler(echo)).startWorker();
    const state = await bench.until(await bench.begin({ inputs: '{"n":4}' }));
    expect(outputOf(state.steps.get('a'))).toEqual({ x: 8, literal: 'inputs.n', list: [1] });
    expect(state.steps.get('b')?.input).toBe('{"y":9}');
    expect(state.finalResult).toBe('{"b":{"z":90}}');
  });

  it('shows a step nothing of the steps beside it', async () => {
    const plan = planOf([stepPlan('a'), stepPlan('b', { inputMappings: { seen: '$keys(steps)' } }), stepPlan('c')], {
      c: ['a', 'b'],
    });
    open(plan, new TestHandler(echo)).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state.steps.get('b')?.input).toBe('{}');
  });

  it('skips a step whose condition is false, and lets its dependents see that', async () => {
    const plan = planOf(
      [stepPlan('a', { when: 'inputs.go' }), stepPlan('b', { inputMappings: { a: 'steps.a.status' } })],
      { b: ['a'] },
    );
    const handler = new TestHandler(echo);
    open(plan, handler).startWorker();
    const state = await bench.until(await bench.begin({ inputs: '{"go":false}' }));
    expect(handler.ran).toEqual(['b']);
    expect(state).toMatchObject({ status: 'completed', finalResult: '{"b":{"a":"skipped"}}' });
  });

  it.each([
    ['a condition that is not true or false', { when: '"yes"' }, 'condition_not_boolean'],
    ['a mapping that fails', { inputMappings: { x: '$number("a")' } }, 'expression_failed'],
  ])('fails a step with %s before it starts', async (_, changes, code) => {
    const handler = new TestHandler(echo);
    open(planOf([stepPlan('a', { ...changes, maxRetries: 3 })]), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state).toMatchObject({ status: 'failed', failedStep: 'a', error: { code } });
    expect(handler.ran).toEqual([]);
  });

  it('tries a failed step again with a higher attempt and a new idempotency key, and adds up its costs', async () => {
    const keys: string[] = [];
    const handler = new TestHandler(({ attempt, idempotencyKey }) => {
      keys.push(idempotencyKey);
      if (attempt < 3) throw new StepFailure('job_failed', 'not yet', true, costing(5));
      return output('done', 7);
    });
    open(planOf([stepPlan('a', { maxRetries: 2 })]), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state).toMatchObject({ status: 'completed', totalCost: 17 });
    const charges = state.steps.get('a')?.charges.map(({ attempt, cost }) => [attempt, cost]);
    expect(charges).toEqual([
      [1, 5],
      [2, 5],
      [3, 7],
    ]);
    expect(keys).toEqual([1, 2, 3].map((attempt) => `${state.id}:a:${attempt}`));
    expect(store.events(state.id).filter(({ type }) => type === 'step.retrying')).toHaveLength(2);
  });

  it.each([
    ['when its retries are used up', new StepFailure('job_failed', 'never', true), 2],
    ['at once when the error cannot be mended by a retry', new StepFailure('bad_input', 'no', false), 1],
    ['at once when its policy names the error', new StepFailure('job_expired', 'no', true), 1],
  ])('fails a step %s, and the execution with it', async (_, error, attempts) => {
    const handler = new TestHandler(() => Promise.reject(error));
    const policy = { ...stepPlan('a').retryPolicy, non_retryable_errors: ['job_expired'] };
    open(chain(['a', 'b'], { maxRetries: 1, retryPolicy: policy }), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state).toMatchObject({ status: 'failed', failedStep: 'a', error: { code: error.code } });
    expect(handler.ran).toHaveLength(attempts);
    expect(state.steps.has('b')).toBe(false);
  });

  it('hides what an unexpected exception says', async () => {
    const handler = new TestHandler(() => Promise.reject(new Error('SELECT secret FROM /etc')));
    open(planOf([stepPlan('a')]), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state.error?.code).toBe('handler_error');
    expect(state.error?.message).not.toContain('secret');
  });

  it('aborts a step at its time-out and cancels the steps beside it', async () => {
    const aborted: string[] = [];
    const handler = new TestHandler(async (context) => {
      context.signal.addEventListener('abort', () => aborted.push(context.step.id));
      return untilAborted(context);
    });
    open(planOf([stepPlan('slow', { timeoutMs: 30 }), stepPlan('beside')]), handler).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state).toMatchObject({ status: 'failed', failedStep: 'slow', error: { code: 'step_timeout' } });
    expect(state.steps.get('beside')?.status).toBe('cancelled');
    expect(aborted.sort()).toEqual(['beside', 'slow']);
    await bench.until(state.id, () => handler.released.length === 2);
    expect(handler.released.sort()).toEqual([`${state.id}:beside:1`, `${state.id}:slow:1`]);
  });

  it('ends an execution at its max_execution_time', async () => {
    open(planOf([stepPlan('a')]), new TestHandler(untilAborted)).startWorker();
    // Its step must have begun by then, on a machine that stands still for a moment too.
    const state = await bench.until(await bench.begin({ maxExecutionTime: 3 }));
    expect(state).toMatchObject({ status: 'failed', error: { code: 'execution_timeout' } });
    expect(state.steps.get('a')?.status).toBe('cancelled');
  });

  it('pays for an output that its mapping then loses', async () => {
    const mappings = { outputMappings: { x: '$error("no")' } };
    open(planOf([stepPlan('a', mappings)]), new TestHandler(() => output('dear', 6))).startWorker();
    const state = await bench.until(await bench.begin());
    expect(state).toMatchObject({ status: 'failed', failedStep: 'a', totalCost: 6 });
    expect(store.events(state.id).find(({ type }) => type === 'step.failed')?.data).toMatchObject({ cost_units: 6 });
  });

  it('ends an execution that has spent more than its budget', async () => {
    const handler = new TestHandler(() => output(null, 6));
    open(chain(['a', 'b', 'c']), handler).startWorker();
    const state = await bench.until(await bench.begin({ maxCostBudget: 10 }));
    expect(state).toMatchObject({ status: 'failed', error: { code: 'budget_exceeded' }, totalCost: 12 });
    expect(handler.ran).toEqual(['a', 'b']);
  });

  it('ends it so too when the step that was too dear has failed, which keeps its own error', async () => {
    const dear = new StepFailure('job_failed', 'no', false, costing(11));
    open(chain(['a', 'b']), new TestHandler(() => Promise.reject(dear))).startWorker();
    const state = await bench.until(await bench.begin({ maxCostBudget: 10 }));
    expect(state).toMatchObject({
      status: 'failed',
      error: { code: 'budget_exceeded' },
      failedStep: 'a',
      totalCost: 11,
    });
    expect(state.steps.get('a')).toMatchObject({ status: 'failed', error: { code: 'job_failed' as const } });
  });

  it('refuses an output that is too large or has no canonical form', async () => {
    const values: JsonValue[] = ['x'.repeat(200_000), '\ud800'];
    const handler = new TestHandler(({ step }) => output(values[Number(step.id.slice(1))] ?? null));
    open(planOf([stepPlan('s0')]), handler).startWorker();
    expect((await bench.until(await bench.begin())).error?.code).toBe('value_too_large');
    await bench.stop();
    open(planOf([stepPlan('s1')]), handler).startWorker();
    expect((await bench.until(await bench.begin())).error?.code).toBe('value_not_canonical');
  });

  describe('cancelled from outside', () => {
    it('aborts the step in flight, keeps its late outcome out, and lets go of what it held', async () => {
      let finish: () => void = () => undefined;
      const signals: AbortSignal[] = [];
      const handler = new TestHandler(async ({ signal }) => {
        signals.push(signal);
        await new Promise<void>((resolve) => (finish = resolve));
        return output('too late');
      });
      open(chain(['a', 'b']), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => signals.length === 1);
      await bench.commands.cancel(id, 'no longer needed');
      expect(signals[0]?.aborted).toBe(true);
      finish();
      const state = await bench.until(id, () => handler.released.length > 0);
      expect(new Set(handler.released)).toEqual(new Set([`${id}:a:1`]));
      expect(state.status).toBe('cancelled');
      expect(state.steps.get('a')).toMatchObject({ status: 'cancelled', output: null });
      expect(handler.ran).toEqual(['a']);
    });

    it('is noticed by a worker that heard nothing of it', async () => {
      const signals: AbortSignal[] = [];
      const handler = new TestHandler((context) => {
        signals.push(context.signal);
        return untilAborted(context);
      });
      open(planOf([stepPlan('a')]), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => signals.length === 1);
      const elsewhere = new WorkerBench(store, planOf([stepPlan('a')]), {});
      await elsewhere.commands.cancel(id, 'no longer needed');
      await bench.until(id, () => signals[0]?.aborted === true);
    });

    it('is refused once the execution is final', async () => {
      open(planOf([stepPlan('a')]), new TestHandler(echo)).startWorker();
      const id = await bench.begin();
      await bench.until(id);
      await expect(bench.commands.cancel(id, 'late')).rejects.toMatchObject({ code: 'conflict' });
      await expect(bench.commands.cancel('exec_unknown', '')).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('with a step that waits for a job', () => {
    const wait = { kind: 'job' as const, ref: 'job_1', until: Date.now() + 3_600_000 };

    it('holds no worker while it waits, and goes on when the job is signalled', async () => {
      const handler = new TestHandler(() => ({ suspend: wait }));
      handler.resume = (_, { ref }) => Promise.resolve(output(`result of ${ref}`));
      const worker = open(chain(['a', 'b']), handler).startWorker({ concurrency: 1 });
      handler.run = ({ step, input }) =>
        Promise.resolve(step.id === 'a' ? { suspend: wait } : { output: input, cost: 0 });
      const ids = [await bench.begin(), await bench.begin()];
      for (const id of ids) await bench.until(id, ({ status }) => status === 'waiting');
      await worker.signal('job', ['job_1']);
      for (const id of ids) expect((await bench.until(id)).status).toBe('completed');
    });

    it('loses no signal that comes before the wait was committed', async () => {
      const handler = new TestHandler(() => ({ suspend: wait }));
      handler.resume = () => Promise.resolve(output('done'));
      const worker = open(planOf([stepPlan('a')]), handler).startWorker();
      const inner = handler.run.bind(handler);
      handler.run = async (context) => {
        const result = await inner(context);
        await worker.signal('job', ['job_1']);
        return result;
      };
      expect((await bench.until(await bench.begin())).status).toBe('completed');
    });

    it('looks again by itself when no signal ever comes', async () => {
      const handler = new TestHandler(() => ({ suspend: { ...wait, until: Date.now() + 30 } }));
      let looks = 0;
      handler.resume = (_, again) => {
        looks += 1;
        return Promise.resolve(looks < 3 ? { suspend: { ...again, until: Date.now() + 30 } } : output('done'));
      };
      open(planOf([stepPlan('a')]), handler).startWorker();
      const state = await bench.until(await bench.begin());
      expect(state.status).toBe('completed');
      expect(store.events(state.id).filter(({ type }) => type === 'step.waiting')).toHaveLength(1);
    });

    it('times out while it waits', async () => {
      const handler = new TestHandler(() => ({ suspend: wait }));
      open(planOf([stepPlan('a', { timeoutMs: 40 })]), handler).startWorker();
      const state = await bench.until(await bench.begin());
      expect(state.error?.code).toBe('step_timeout');
      await bench.until(state.id, () => handler.released.length === 1);
    });
  });

  describe('of which one dies', () => {
    it('leaves the execution to another, which runs the step in flight again with the same key', async () => {
      const keys: string[] = [];
      let first = true;
      const handler = new TestHandler(async (context) => {
        keys.push(context.idempotencyKey);
        if (context.step.id === 'b' && first) {
          first = false;
          return new Promise<never>(() => undefined);
        }
        return output(context.step.id);
      });
      open(chain(['a', 'b', 'c']), handler);
      const dead = bench.startWorker({ leaseMs: 60 });
      const id = await bench.begin();
      await bench.until(id, () => keys.length === 2);
      // As a crash would: nothing of it runs on, and its lease is not handed back.
      jest.spyOn(store, 'release').mockResolvedValue();
      await dead.stop(0);
      bench.startWorker();
      expect((await bench.until(id)).status).toBe('completed');
      expect(keys).toEqual([`${id}:a:1`, `${id}:b:1`, `${id}:b:1`, `${id}:c:1`]);
    });

    it('hands its executions back at once when it is stopped gracefully', async () => {
      let calls = 0;
      const handler = new TestHandler((context) => ((calls += 1) === 1 ? untilAborted(context) : output('done')));
      open(planOf([stepPlan('a')]), handler);
      const leaving = bench.startWorker({ leaseMs: 3_600_000 });
      const id = await bench.begin();
      await bench.until(id, () => calls === 1);
      await leaving.stop(0);
      bench.startWorker();
      expect((await bench.until(id)).status).toBe('completed');
    });

    it('lets steps in flight end when it is stopped with grace, and starts no more', async () => {
      let finish: () => void = () => undefined;
      const handler = new TestHandler(async ({ step }) => {
        if (step.id === 'a') await new Promise<void>((resolve) => (finish = resolve));
        return output(step.id);
      });
      const leaving = open(chain(['a', 'b']), handler).startWorker();
      const id = await bench.begin();
      await bench.until(id, () => handler.ran.length === 1);
      const stopped = leaving.stop(60_000);
      finish();
      await stopped;
      expect(await store.load(id)).toMatchObject({ status: 'running', completedSteps: 1 });
      expect(handler.ran).toEqual(['a']);
      expect(await store.dueIn(Date.now())).toBeLessThanOrEqual(0);
    });
  });

  it('runs many executions side by side with several workers, each step once', async () => {
    const runs = new Map<string, number>();
    const handler = new TestHandler(({ idempotencyKey }) => {
      runs.set(idempotencyKey, (runs.get(idempotencyKey) ?? 0) + 1);
      return output(null);
    });
    open(chain(['a', 'b', 'c']), handler);
    for (let count = 0; count < 3; count += 1) bench.startWorker({ concurrency: 8 });
    const ids = await Promise.all(Array.from({ length: 100 }, () => bench.begin()));
    for (const id of ids) expect((await bench.until(id)).status).toBe('completed');
    expect(runs.size).toBe(300);
    expect([...runs.values()].every((count) => count === 1)).toBe(true);
  });
});
