import { createLogger } from '@aitbc/shared-core';
import { commitOf } from '../core/commit';
import type { EngineEvent } from '../core/engine-event';
import { initialState } from '../core/initial-state';
import { transition } from '../core/transition';
import { InMemoryExecutionStore } from '../memory/in-memory-execution-store';
import { NOTHING_USED } from '../ports/step-handler.port';
import { newExecution, output, planOf, stepPlan, TestHandler } from '../testing';
import { ReleaseSweep } from './release-sweep';

const plan = planOf([stepPlan('a', { maxRetries: 1 })]);
const at = 1;
const started: EngineEvent = { type: 'step_started', at, stepId: 'a', rowId: 'step_exec_1', input: '{}', estimate: 0 };
const timedOut: EngineEvent = {
  type: 'step_failed',
  at,
  stepId: 'a',
  failure: { code: 'step_timeout', message: 'too long', retryable: true },
  use: NOTHING_USED,
  random: 0,
  release: true,
};

async function storeWith(events: readonly EngineEvent[]): Promise<InMemoryExecutionStore> {
  const store = new InMemoryExecutionStore();
  const execution = newExecution(plan);
  const before = initialState(execution);
  let state = before;
  for (const event of events) state = transition(plan, state, event).state;
  const records = Array.from({ length: state.eventSeq }, (_, index) => ({
    seq: index + 1,
    type: 'tested',
    stepId: null,
    data: {},
    at,
  }));
  await store.insert(execution, commitOf({ before, after: state, records }, { owner: null, wakeAt: null }, at));
  return store;
}

describe('the sweep of what ended steps hold', () => {
  const logger = createLogger({ service: 'test', level: 'error', format: 'json' });

  it('lets go of earlier attempts too: the last one may have been cancelled before its handler ran', async () => {
    const cancelled: EngineEvent = { type: 'cancel_requested', at, reason: 'no longer needed' };
    const store = await storeWith([{ type: 'execution_started', at }, started, timedOut, started, cancelled]);
    const handler = new TestHandler(() => output(null));
    await new ReleaseSweep(store, { custom: handler }, logger).sweep(() => false);
    expect(handler.released.map((key) => key.split(':').slice(1).join(':'))).toEqual(['a:2', 'a:1']);
    expect(await store.unreleased(10)).toEqual([]);
  });

  it('keeps what it could not let go for the next time', async () => {
    const cancelled: EngineEvent = { type: 'cancel_requested', at, reason: 'no longer needed' };
    const store = await storeWith([{ type: 'execution_started', at }, started, cancelled]);
    const handler = new TestHandler(() => output(null));
    handler.release = () => Promise.reject(new Error('the coordinator is away'));
    const silent = { ...logger, warn: () => undefined };
    await new ReleaseSweep(store, { custom: handler }, silent).sweep(() => false);
    expect(await store.unreleased(10)).toHaveLength(1);
  });
});
