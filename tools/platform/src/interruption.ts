const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** The person at the terminal, or a supervisor, asked for the end. */
export class Interrupted extends Error {
  /** 128 + number of the signal, as shells have it. */
  readonly exitCode: number;

  constructor(name: keyof typeof EXIT_CODES) {
    super(`interrupted by ${name}`);
    this.name = 'Interrupted';
    this.exitCode = EXIT_CODES[name];
  }
}

/** The first Ctrl-C or SIGTERM aborts the signal; a second one ends the process at once, and its children with it. */
export function onInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT_CODES[name]);
      controller.abort(new Interrupted(name));
    });
  }
  return controller.signal;
}

/** What `work` gives, or the reason of the signal as soon as it is aborted. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
