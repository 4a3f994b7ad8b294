import type { ExecutionOutcome, Executor, JobContext, ServiceRequest } from '../executors/executor';

interface Gate {
  readonly promise: Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function newGate(): Gate {
  let resolve: Gate['resolve'] = () => undefined;
  let reject: Gate['reject'] = () => undefined;
  const promise = new Promise<unknown>((onResult, onError) => {
    resolve = onResult;
    reject = onError;
  });
  // A gate that a test breaks before its job runs is no unhandled rejection.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** Runs each job until the test opens its gate: `{name}` → `{opened: name}`; or ends it with an error. */
export class GatedExecutor implements Executor {
  readonly serviceType = 'gated';
  /** Names of the jobs that run now. */
  readonly running = new Set<string>();
  /** Why jobs were aborted, by name. */
  readonly aborted = new Map<string, string>();
  mostAtOnce = 0;
  private readonly emitters = new Map<string, (text: string) => void>();
  private readonly gates = new Map<string, Gate>();

  async probe(): Promise<readonly string[]> {
    return ['gate-1'];
  }

  async run(request: ServiceRequest, { signal, emit }: JobContext): Promise<ExecutionOutcome> {
    const name = String(request['name']);
    this.running.add(name);
    this.emitters.set(name, emit);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running.size);
    const gate = this.gate(name);
    signal.addEventListener('abort', () => {
      this.aborted.set(name, Object(signal.reason).why);
      gate.reject(signal.reason);
    });
    try {
      return { result: await gate.promise, metrics: {} };
    } finally {
      this.running.delete(name);
      this.gates.delete(name);
    }
  }

  async close(): Promise<void> {
    // Nothing is kept between jobs.
  }

  open(name: string, result: unknown = { opened: name }): void {
    this.gate(name).resolve(result);
  }

  /** The running job gives a piece of its text. */
  say(name: string, text: string): void {
    this.emitters.get(name)?.(text);
  }

  break(name: string, error: Error): void {
    this.gate(name).reject(error);
  }

  private gate(name: string): Gate {
    const gate = this.gates.get(name) ?? newGate();
    this.gates.set(name, gate);
    return gate;
  }
}
