import { isFinalExecution } from '@aitbc/shared-domain';
import { awaitedSignals } from '../../core/execution-state';
import type { Clients } from './clients';
import type { Scene } from './scene';
import { PROMISES } from './promises';

/** Executions that a client has stopped are set going again, and what still waits for a signal gets one. */
export function attend({ store }: Scene, clients: Clients): void {
  for (const id of store.executionIds()) {
    const state = store.stateOf(id);
    if (!state) continue;
    if (state.status === 'paused') clients.resume(id);
    const pending = new Set(store.signalsOf(id).map(({ name }) => name));
    // What is there must be found without a further signal.
    for (const name of awaitedSignals(state)) if (!pending.has(name)) clients.signal(id, name);
  }
}

/** What is still amiss, the worst first; empty once every promise about the end is kept. */
export function amiss({ store, jobs }: Scene, clients: Clients): string[] {
  const ids = [...new Set([...clients.acknowledged, ...store.executionIds()])];
  return [
    ...ids.flatMap((id) => notEnded(id, store)),
    ...ids.flatMap((id) => notLetGo(id, store)),
    ...jobs.running().map((key) => `${PROMISES.held}: the job of ${key} runs`),
  ];
}

function notEnded(id: string, store: Scene['store']): string[] {
  const state = store.stateOf(id);
  if (!state) return [`an acknowledged execution is never lost: ${id}`];
  if (isFinalExecution(state.status)) return [];
  const steps = [...state.steps.values()].map(({ stepId, status }) => `${stepId} ${status}`);
  return [`${PROMISES.end}: ${id} is ${state.status} (${steps.join(', ')})`];
}

function notLetGo(id: string, store: Scene['store']): string[] {
  const { owner = null, wakeAt = null } = store.leaseOf(id) ?? {};
  const leased = owner !== null || wakeAt !== null;
  const steps = [...(store.stateOf(id)?.steps.values() ?? [])].filter(({ releasePending }) => releasePending);
  return [
    ...(leased ? [`nobody holds what has ended: ${id} by ${owner}`] : []),
    ...steps.map(({ stepId }) => `${PROMISES.held}: ${id}:${stepId} is to be released`),
  ];
}
