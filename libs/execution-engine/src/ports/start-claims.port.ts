import type { ExecutionState } from '../core/execution-state';
import type { HeldStart } from './store.port';

/**
 * A worker of this process that takes up executions as they are stored: the claim goes into the statement that stores
 * them, which saves a look, a transaction and its disk sync. What is offered but never taken (the process dies between
 * the commit and the call) is due when the lease runs out, as after any other claim.
 */
export interface StartClaims {
  /** A claim for up to `wanted` new executions; `undefined` when it has no room, or others have waited longer. */
  offer(wanted: number): HeldStart | undefined;
  /** After the commit: these are stored under that claim. Those for which there is no room any more are handed back. */
  take(held: readonly ExecutionState[], claim: HeldStart): void;
}
