/**
 * Wake-ups, nothing more: "there may be work". One that is lost or comes twice does no harm, since claims are atomic
 * and a sweep finds what is due.
 */
export interface WakeUps {
  notify(hint: WakeUp): void;
  /** Gives a function that ends the subscription. */
  subscribe(listener: (hint: WakeUp) => void): () => void;
}

export type WakeUp =
  /** An execution may be claimed. */
  | { readonly kind: 'due' }
  /** The execution was changed from outside (cancel): whoever holds it has lost its lease. */
  | { readonly kind: 'changed'; readonly executionId: string }
  /** What waiting steps waited for has come. */
  | { readonly kind: 'signalled'; readonly executionIds: readonly string[]; readonly refs: readonly string[] };

/** Wake-ups inside one process. */
export class LocalWakeUps implements WakeUps {
  private readonly listeners = new Set<(hint: WakeUp) => void>();

  notify(hint: WakeUp): void {
    for (const listener of this.listeners) listener(hint);
  }

  subscribe(listener: (hint: WakeUp) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
