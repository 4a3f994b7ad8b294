import type { ExecutionState } from '../core/execution-state';
import type { ExecutionCommit, HeldStart, NewExecution } from './store.port';

/** An execution that is stored under a claim: as it was made, or with its first steps begun already. */
export interface HeldExecution {
  readonly state: ExecutionState;
  /** What brings the stored execution there; to be stored with it. */
  readonly first: ExecutionCommit | undefined;
}

/**
 * A worker of this process that takes up executions as they are stored: the claim goes into the statement that stores
 * them, which saves a look, a transaction and its disk sync. What is offered but never taken (the process dies between
 * the commit and the call) is due when the lease runs out, as after any other claim.
 */
export interface StartClaims {
  /**
   * A claim for a new execution, and a place for it until `take` or `withdraw`; `undefined` when there is none, or others
   * have waited longer.
   */
  offer(): HeldStart | undefined;
  /**
   * Begins its first steps, where that takes no more than looking at their inputs, so that the beginning is stored with
   * it, and needs no transaction of its own. Runs nothing.
   */
  open(execution: NewExecution, claim: HeldStart): Promise<HeldExecution>;
  /** After the commit: it is stored under that claim. */
  take(held: HeldExecution, claim: HeldStart): void;
  /** It was not stored. */
  withdraw(claim: HeldStart): void;
}
