import type { ExpectedStatement } from '../database';

/** A queued transaction that is known beforehand, and the promise its caller holds. */
export class AtOnceTask {
  readonly queuedAt = performance.now();

  constructor(
    /** Makes the statements when its turn has come; `undefined` when there is nothing to write after all. */
    readonly build: () => readonly ExpectedStatement[] | undefined,
    /** `false`: nothing was written. */
    readonly resolve: (written: boolean) => void,
    readonly reject: (error: unknown) => void,
  ) {}
}
