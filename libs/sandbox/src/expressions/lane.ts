import { Child, startChild } from './child-process';
import { ItemReply, READY } from './protocol';
import type { Task } from './task';

/** Requests sent ahead to one child, so that it need not wait for the parent between two of them. */
const PIPELINE_DEPTH = 8;
/** Characters sent ahead; they wait in the child's small heap, next to the evaluation that is going on. */
const PIPELINE_LENGTH = 256 * 1024;
const START_LIMIT_MS = 10_000;
/**
 * A clock that rings so late was held up with its process. Where that was the machine, which may stand still for a second,
 * the child was too, and has had none of the time.
 */
const HELD_UP_MS = 50;

export interface LaneOptions {
  readonly entry: string;
  readonly memoryMb: number;
  readonly maxReplyLength: number;
}

export interface LaneEvents {
  /** It has become ready, or can take another task. */
  free(lane: Lane): void;
  /** Its child has ended; `unfinished` tasks, in order, are to be asked elsewhere. */
  gone(lane: Lane, unfinished: readonly Task[]): void;
}

/**
 * One child and the tasks it was sent. The child works through them strictly in order, so the head of `tasks` is the
 * one being evaluated and its clock runs from the moment when the reply before it arrived.
 *
 *     starting ──ready──▶ serving ──limit passed──▶ doomed ──closed──▶ gone
 *         └───────────────────┴──────closed─────────────────────────────┘
 */
export class Lane {
  private readonly child: Child;
  private readonly tasks: Task[] = [];
  private state: 'starting' | 'serving' | 'doomed' | 'gone' = 'starting';
  private itemStartedAt = 0;
  /** Whether the item has got its time a second time, which it gets once. */
  private isBegunAnew = false;
  private clock: NodeJS.Timeout;
  private clockDueAt = Infinity;
  /** The item for which the child is being killed. */
  private doomed: { readonly task: Task; readonly item: number } | undefined;

  constructor(
    options: LaneOptions,
    private readonly events: LaneEvents,
  ) {
    this.child = startChild(options.entry, options.memoryMb, options.maxReplyLength, {
      line: (line) => this.receive(line),
      gone: () => this.end(),
    });
    this.clock = setTimeout(() => this.kill(), START_LIMIT_MS);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isServing(): boolean {
    return this.state === 'serving';
  }

  get wasReady(): boolean {
    return this.state !== 'starting';
  }

  get load(): number {
    return this.tasks.length;
  }

  get canTake(): boolean {
    if (!this.isServing || this.tasks.length >= PIPELINE_DEPTH) return false;
    return this.tasks.reduce((sum, task) => sum + task.requestLength, 0) < PIPELINE_LENGTH;
  }

  take(task: Task): void {
    this.tasks.push(task);
    this.child.send(task.request());
    if (this.tasks.length === 1) this.startItem();
  }

  kill(): void {
    this.child.kill();
  }

  /** Ends the child; its tasks are told the reason, rather than being blamed for it. */
  close(reason: Error): void {
    this.tasks.splice(0).forEach((task) => task.reject(reason));
    this.kill();
  }

  private receive(line: string): void {
    if (this.state === 'starting' && line === READY) {
      this.state = 'serving';
      clearTimeout(this.clock);
      this.events.free(this);
      return;
    }
    const task = this.tasks[0];
    const reply = parseReply(line);
    // No JSON, or an answer without a question: it is no longer our program that is talking.
    if (task === undefined || reply === undefined) return this.kill();
    this.settleItem(task, reply, line.length);
  }

  private settleItem(task: Task, reply: ItemReply, length: number): void {
    task.answer(reply, length, performance.now() - this.itemStartedAt);
    if (task.isComplete) this.tasks.shift();
    this.startItem();
    if (task.isComplete) this.events.free(this);
  }

  private startItem(): void {
    const head = this.tasks[0];
    if (head === undefined) return;
    this.itemStartedAt = performance.now();
    this.isBegunAnew = false;
    // A clock that is due no later is left alone and looks again when it rings: a timer an item would cost too much.
    if (this.clockDueAt > this.itemStartedAt + head.limitMs) this.setClock(head.limitMs);
  }

  private setClock(ms: number): void {
    clearTimeout(this.clock);
    this.clockDueAt = performance.now() + ms;
    this.clock = setTimeout(() => {
      const lateMs = performance.now() - this.clockDueAt;
      this.clockDueAt = Infinity;
      // Replies that came while this process was busy itself are read between timers and immediates. Judging before
      // they are read would kill for our own delay.
      setImmediate(() => this.checkHead(lateMs));
    }, ms);
  }

  /** @param lateMs by which the clock was late */
  private checkHead(lateMs: number): void {
    const head = this.tasks[0];
    if (head === undefined || this.state !== 'serving') return;
    const left = head.limitMs - (performance.now() - this.itemStartedAt);
    if (left > 0.5) return this.setClock(left);
    if (lateMs > HELD_UP_MS && !this.isBegunAnew) {
      this.isBegunAnew = true;
      this.itemStartedAt = performance.now();
      return this.setClock(head.limitMs);
    }
    this.state = 'doomed';
    this.doomed = { task: head, item: head.current };
    this.child.kill();
  }

  private end(): void {
    clearTimeout(this.clock);
    const head = this.tasks[0];
    if (head !== undefined && this.isToBlame(head)) {
      head.lose(this.doomed === undefined ? 'crash' : 'timeout', performance.now() - this.itemStartedAt);
    }
    const unfinished = this.tasks.filter((task) => task.isOpen);
    this.events.gone(this, unfinished);
    this.state = 'gone';
  }

  /**
   * After a crash the head is. After a kill only the item that was over its limit is: when its reply turns up after
   * all, read between the kill and the end, the one behind it has done nothing wrong.
   */
  private isToBlame(head: Task): boolean {
    return this.doomed === undefined || (this.doomed.task === head && this.doomed.item === head.current);
  }
}

function parseReply(line: string): ItemReply | undefined {
  try {
    return JSON.parse(line) as ItemReply;
  } catch {
    return undefined;
  }
}
