import { Tally } from '../load/tally';

/** A request of the coordinator that is repeated all the while, and the status that it must answer. */
export interface Probe {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly status: number;
}

/** What came of the probes that began and ended in one phase. */
export class PhaseTally {
  readonly tally = new Tally();
  /** Answers that said that they came from the shared database. */
  fromDatabase = 0;
}

export interface ProbesOptions {
  readonly url: string;
  readonly key: string;
  readonly probes: readonly Probe[];
}

/** Longer than any answer that is waited for here may take: what takes longer is no answer. */
const GIVE_UP_MS = 20_000;
const BETWEEN = 'between two phases';

/** Asks one probe after the other, over and over, and accounts for every request by the phase in which it was made. */
export class Probes {
  private readonly stopping = new AbortController();
  private readonly phases = new Map<string, PhaseTally>();
  private readonly asking: Promise<void>;
  private phase = BETWEEN;

  constructor(private readonly options: ProbesOptions) {
    this.asking = this.askAll();
  }

  /** From now on requests count for this phase; without a name, for none. */
  enter(phase = BETWEEN): void {
    this.phase = phase;
  }

  in(phase: string): PhaseTally {
    const known = this.phases.get(phase) ?? new PhaseTally();
    this.phases.set(phase, known);
    return known;
  }

  /** Those of requests that were under way when the phase changed. */
  get between(): PhaseTally {
    return this.in(BETWEEN);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.asking;
  }

  private async askAll(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      for (const probe of this.options.probes) await this.ask(probe);
    }
  }

  private async ask({ method, path, body, status }: Probe): Promise<void> {
    const { url, key } = this.options;
    const began = performance.now();
    const { phase } = this;
    const tallied = () => this.in(this.phase === phase ? phase : BETWEEN);
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(GIVE_UP_MS),
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const { tally } = tallied();
      if (response.status !== status) return tally.fail(`${method} ${path}`, `${response.status} ${text}`);
      if (response.headers.get('x-data-source') === 'shared-db') tallied().fromDatabase += 1;
      tally.answer(url, performance.now() - began);
    } catch (error) {
      tallied().tally.fail(`${method} ${path}`, String(error));
    }
  }
}
