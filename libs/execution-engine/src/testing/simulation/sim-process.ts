import type { Clock } from '../../ports/clock.port';
import type { SeededRandom } from './seeded-random';
import type { Trace } from './trace';
import type { TransitionType } from './transitions-of';
import type { VirtualScheduler } from './virtual-scheduler';

/** What all processes of a run share. */
export interface World {
  readonly scheduler: VirtualScheduler;
  readonly trace: Trace;
  readonly random: SeededRandom;
}

/**
 * One operating-system process of the simulation. It may die (nothing that was on its way to it arrives, no timer of
 * its fires) or be stopped for a while (all of it arrives late, at once, when it goes on).
 */
export class SimProcess {
  private goesOnAt = 0;
  private died = false;
  /** When a kind of fault last struck it. */
  readonly struck = new Map<string, number>();
  /** What its last commit was about. */
  lastTransitions: ReadonlySet<TransitionType> = new Set();
  /** It dies as soon as its next call is on its way. */
  crashAfterSending = false;
  private readonly onDeath: (() => void)[] = [];

  constructor(
    readonly name: string,
    readonly world: World,
  ) {}

  get isDead(): boolean {
    return this.died;
  }

  /** The time at which its code runs: a stopped process goes on in the middle of what it was doing. */
  get now(): number {
    return Math.max(this.world.scheduler.now, this.goesOnAt);
  }

  crash(where: string): void {
    if (this.died) return;
    this.died = true;
    this.world.trace.note(this.name, `dies (${where})`);
    for (const tell of this.onDeath) tell();
  }

  whenDead(tell: () => void): void {
    this.onDeath.push(tell);
  }

  freeze(ms: number): void {
    this.goesOnAt = this.now + ms;
    this.world.trace.note(this.name, `is stopped for ${ms} ms`);
  }

  /** Ends a stop early. */
  thaw(): void {
    this.goesOnAt = Math.min(this.goesOnAt, this.world.scheduler.now);
  }

  /** Calls `work` at `time`: later if it is stopped then, never if it is dead. Gives a function that calls it off. */
  at(time: number, work: () => void): () => void {
    const { scheduler } = this.world;
    let cancel = scheduler.at(time, () => {
      if (this.died) return;
      if (this.goesOnAt <= scheduler.now) return work();
      cancel = this.at(this.goesOnAt, work);
    });
    return () => cancel();
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.at(this.now + ms, resolve));
  }

  readonly clock: Clock = {
    now: () => this.now,
    after: (delayMs, work) => this.at(this.now + Math.max(0, delayMs), work),
    random: () => this.world.random.next(),
  };
}

/** What a dead process awaits. */
export function never<Result>(): Promise<Result> {
  return new Promise(() => undefined);
}
