type Phase = 'starting' | 'ready' | 'draining';

/** Where a serving process is in its life. It goes forward only; what must end with the process subscribes to `onDrain`. */
export class ServiceState {
  private current: Phase = 'starting';
  private readonly drainListeners = new Set<() => void>();

  get phase(): Phase {
    return this.current;
  }

  markReady(): void {
    if (this.current === 'starting') this.current = 'ready';
  }

  /** Readiness turns to 503, long polls and streams end. A second call does nothing. */
  startDraining(): void {
    if (this.current === 'draining') return;
    this.current = 'draining';
    const listeners = [...this.drainListeners];
    this.drainListeners.clear();
    listeners.forEach((listener) => listener());
  }

  /** Calls `listener` once, when draining begins (at once if it has begun). Gives the function that unsubscribes. */
  onDrain(listener: () => void): () => void {
    if (this.current === 'draining') {
      listener();
      return () => undefined;
    }
    this.drainListeners.add(listener);
    return () => void this.drainListeners.delete(listener);
  }
}
