import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AGENT_API } from '../api';
import type { PatientClient } from './patient-client';
import { type Acknowledged, FINAL } from './run-record';
import { type Shape, SHAPES, SIGNAL } from './shapes';

/** Each has one execution under way. */
const CLIENTS = 20;
const LOOK_MS = 150;
/** Signals and cancels come at some instant within this time after the start. */
const FOLLOW_UP_MS = 800;

/** Clients that start executions of every shape in turn, one after another, until they are told to stop. */
export class ExecutionLoad {
  private readonly all: Acknowledged[] = [];
  private readonly workflows = new Map<Shape, string>();
  private stopped = false;
  private started = 0;
  private lanes: Promise<unknown> = Promise.resolve();

  constructor(private readonly client: PatientClient) {}

  /** Stores the workflows and begins. */
  async begin(): Promise<void> {
    for (const shape of SHAPES) this.workflows.set(shape, await this.store(shape));
    this.lanes = Promise.all(Array.from({ length: CLIENTS }, () => this.keepStarting()));
    // Whoever stops the load learns of it.
    this.lanes.catch(() => undefined);
  }

  /** Each execution whose start was answered, with the status that it must come to. */
  get acknowledged(): readonly Acknowledged[] {
    return this.all;
  }

  /** Starts nothing more; resolves when what was begun has got its signals and cancels. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.lanes;
  }

  private async keepStarting(): Promise<void> {
    while (!this.stopped) {
      const shape = SHAPES[this.started % SHAPES.length];
      this.started += 1;
      if (shape) await this.runOne(shape);
    }
  }

  private async runOne(shape: Shape): Promise<void> {
    const { execution_id: id } = await this.client.call<{ execution_id: string }>({
      method: 'POST',
      path: `${AGENT_API}/workflows/${this.workflows.get(shape)}/execute`,
      body: { inputs: {} },
      idempotencyKey: randomUUID(),
      expect: [202],
    });
    this.all.push({ id, endsAs: shape.then === 'cancel' ? 'cancelled' : 'completed' });
    if (shape.then !== 'nothing') await delay(Math.random() * FOLLOW_UP_MS);
    if (shape.then === 'signal') await this.signal(id);
    if (shape.then === 'cancel') await this.cancel(id);
    while (!this.stopped && !FINAL.includes(await this.statusOf(id))) await delay(LOOK_MS);
  }

  private async store({ workflow }: Shape): Promise<string> {
    const path = `${AGENT_API}/workflows`;
    const { id } = await this.client.call<{ id: string }>({ method: 'POST', path, body: workflow, expect: [201] });
    return id;
  }

  private async signal(id: string): Promise<void> {
    await this.client.call({
      method: 'POST',
      path: `${AGENT_API}/executions/${id}/signals/${SIGNAL}`,
      body: { data: { n: 1 } },
      idempotencyKey: randomUUID(),
      expect: [202],
    });
  }

  /** A cancel that took effect without an answer is refused with 409 when it is repeated. */
  private async cancel(id: string): Promise<void> {
    await this.client.call({
      method: 'POST',
      path: `${AGENT_API}/executions/${id}/cancel`,
      body: {},
      expect: [200, 409],
    });
  }

  private async statusOf(id: string): Promise<string> {
    const path = `${AGENT_API}/executions/${id}/status`;
    const { status } = await this.client.call<{ status: string }>({ method: 'GET', path, expect: [200] });
    return status;
  }
}
