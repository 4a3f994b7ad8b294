import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildApp } from './child-app';

/** Before what has died is started again; each time twice as long, up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** What has run as long as this dies of something new: its pauses begin anew. */
const SETTLED_MS = 60_000;
/** By this exit code (sysexits.h) the apps say that their configuration is bad, which no restart mends. */
const BAD_CONFIGURATION = '78';

/** Keeps the processes of a platform running: each that dies is started again, until all are stopped. */
export class Supervisor {
  private readonly apps: KeptApp[] = [];
  private readonly over = Promise.withResolvers<string>();
  private isStopped = false;

  /** @param say gets a sentence about each process that is started again */
  constructor(private readonly say: (sentence: string) => void) {}

  /** Resolves when there is no point in going on, with a sentence that says why. */
  get broken(): Promise<string> {
    return this.over.promise;
  }

  /**
   * Starts an app, and resolves with what `ready` gives; from then on the app is kept running.
   * @param launch starts it, again and again in the same way
   * @throws Error that says why, when it ends before it is ready for the first time.
   */
  async start<T>(launch: () => ChildApp, ready: (child: ChildApp) => Promise<T>): Promise<T> {
    if (this.isStopped) throw new Error('nothing is started any more');
    const child = launch();
    const app = new KeptApp(child, launch, this.say);
    this.apps.push(app);
    const failed = child.end.then((sentence) => Promise.reject(new Error(sentence)));
    const found = await Promise.race([ready(child), failed]);
    void app.keep().then((sentence) => sentence !== undefined && this.over.resolve(sentence));
    return found;
  }

  /** One after another, the last one that was started first: it needs those that were there before it. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const latestFirst = this.apps.toReversed();
    // Before the first of them is waited for, or others would be started again meanwhile.
    for (const app of latestFirst) app.release();
    for (const app of latestFirst) await app.stop();
  }
}

/** An app with the process that it has now. */
class KeptApp {
  private readonly released = new AbortController();

  constructor(
    private child: ChildApp,
    private readonly launch: () => ChildApp,
    private readonly say: (sentence: string) => void,
  ) {}

  /** Starts it again whenever it ends, until it is released; resolves with a sentence when that would mend nothing. */
  async keep(): Promise<string | undefined> {
    const { signal } = this.released;
    let pauseMs = FIRST_PAUSE_MS;
    for (;;) {
      const startedAt = performance.now();
      const code = await this.child.ended;
      if (signal.aborted) return undefined;
      const sentence = await this.child.end;
      if (code === BAD_CONFIGURATION) return sentence;
      if (performance.now() - startedAt >= SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
      this.say(`${sentence}; it is started again in ${pauseMs / 1_000} s`);
      // Cut short by the release.
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
      this.child = this.launch();
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }

  /** It is not started again from now on. */
  release(): void {
    this.released.abort();
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
