import { Deferred, deferred } from '../deferred';
import { RestartPolicy } from '../restart-policy';
import { SandboxError } from '../sandbox-error';
import { Lane, LaneOptions } from './lane';
import type { Task } from './task';

/**
 * Spreads tasks over `size` lanes and keeps one more that is started but idle: it takes over at once when a child is
 * killed, while its own replacement starts.
 */
export class LaneSet {
  private readonly lanes = new Set<Lane>();
  private queue: Task[] = [];
  private closing: Deferred<void> | undefined;
  private readonly restarts = new RestartPolicy(() => this.fill());

  constructor(
    private readonly size: number,
    private readonly options: LaneOptions,
  ) {
    this.fill();
  }

  get pids(): number[] {
    return [...this.lanes].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  submit(task: Task): void {
    if (this.closing !== undefined) return task.reject(closedError());
    this.queue.push(task);
    this.dispatch();
  }

  /** Resolves when every child has ended. */
  async close(): Promise<void> {
    if (this.closing !== undefined) return this.closing.promise;
    this.closing = deferred();
    this.restarts.cancel();
    this.queue.forEach((task) => task.reject(closedError()));
    this.queue = [];
    this.lanes.forEach((lane) => lane.close(closedError()));
    if (this.lanes.size === 0) this.closing.resolve();
    return this.closing.promise;
  }

  private fill(): void {
    while (this.lanes.size < this.size + 1) {
      this.lanes.add(
        new Lane(this.options, {
          free: (lane) => this.onFree(lane),
          gone: (lane, unfinished) => this.onGone(lane, unfinished),
        }),
      );
    }
  }

  private onFree(lane: Lane): void {
    if (lane.wasReady) this.restarts.succeeded();
    this.dispatch();
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const lane = this.leastLoaded();
      if (lane === undefined) return;
      const task = this.queue.shift();
      if (task?.isOpen === true) lane.take(task);
    }
  }

  /** Of the lanes that work, the one with the shortest line; an idle one only while fewer than `size` are at work. */
  private leastLoaded(): Lane | undefined {
    const atWork = [...this.lanes].filter((lane) => lane.isServing && lane.load > 0).length;
    let best: Lane | undefined;
    for (const lane of this.lanes) {
      if (!lane.canTake || (lane.load === 0 && atWork >= this.size)) continue;
      if (best === undefined || lane.load < best.load) best = lane;
    }
    return best;
  }

  private onGone(lane: Lane, unfinished: readonly Task[]): void {
    this.lanes.delete(lane);
    if (this.closing !== undefined) {
      if (this.lanes.size === 0) this.closing.resolve();
      return;
    }
    // To the front: they have waited longest, and nothing says that they were to blame.
    this.queue.unshift(...unfinished);
    if (lane.wasReady) this.fill();
    else this.onFailedStart();
    this.dispatch();
  }

  private onFailedStart(): void {
    const hopeless = this.restarts.failed() && ![...this.lanes].some((lane) => lane.wasReady);
    if (!hopeless) return;
    const error = new SandboxError('sandbox_unavailable', 'the evaluator does not start');
    this.queue.forEach((task) => task.reject(error));
    this.queue = [];
  }
}

function closedError(): SandboxError {
  return new SandboxError('sandbox_closed', 'the evaluator is closed');
}
