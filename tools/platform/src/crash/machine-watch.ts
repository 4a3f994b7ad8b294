import type { Fault } from './run-record';

const LOOK_EVERY_MS = 50;
/** A process that does not get the processor for so long may lose what it has promised to renew. */
const STALL_MS = 750;
/** Times of faults and of events are compared more exactly than this. */
const STEP_MS = 50;
/** How long after a step the services still count by the time before it: until they ask the database for its time again. */
const UNAWARE_MS = 10_000;

/**
 * Notes as faults what the machine does by itself: it stands still for a while, as a virtual one does whose host is busy, or
 * its clock is set. Neither is the engine's doing, and both make leases run out early.
 */
export class MachineWatch {
  private readonly timer: NodeJS.Timeout;
  private wall = Date.now();
  private steady = performance.now();

  constructor(private readonly faults: Fault[]) {
    this.timer = setInterval(() => this.look(Date.now(), performance.now()), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @param wall ms since 1970 @param steady ms of any origin that nobody sets */
  look(wall: number, steady: number): void {
    const passed = steady - this.steady;
    const step = wall - this.wall - passed;
    if (Math.abs(step) > STEP_MS) {
      this.faults.push({
        kind: 'clock',
        from: Math.min(this.wall, wall),
        until: Math.max(this.wall, wall) + UNAWARE_MS,
      });
    } else if (passed > STALL_MS) this.faults.push({ kind: 'stall', from: this.wall, until: wall });
    this.wall = wall;
    this.steady = steady;
  }
}
