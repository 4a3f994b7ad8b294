import { randomUUID } from 'node:crypto';
import { AGENT_API } from '../api';
import { AGENT_COUNTERS, WORKFLOW_COUNTERS } from '../load/counters';
import { Counting } from '../load/counting';
import { EXECUTIONS, FINAL, stateOf } from '../load/execution-end';
import { Ledger } from '../load/ledger';
import { LoadClient, RequestFailed } from '../load/load-client';
import { workOnOwn } from '../load/own-work';
import { Pace } from '../load/pace';
import { FixedRoute } from '../load/route';
import type { LoadRecord } from '../load/tally';
import type { Acknowledged, SeenExecution } from './acknowledged';
import { SHAPES } from './shapes';

const WORKFLOWS = `${AGENT_API}/workflows`;
/** Clients of each kind: those that raise counters, and those that run executions. */
const COUNTERS = 6;
const EXECUTERS = 12;

export interface RecordedLoadOptions {
  /** Of agent-management. */
  readonly url: string;
  readonly key: string;
  readonly record: LoadRecord;
  /** Requests of all clients in a second. */
  readonly perSecond: number;
}

/** Reads, writes and executions, with a record of what was acknowledged that can be taken at any instant. */
export class RecordedLoad {
  private readonly ledger = new Ledger();
  private readonly executions = new Map<string, SeenExecution>();
  private readonly running: Promise<unknown>;
  private over = false;
  private started = 0;

  /** Begins at once. */
  constructor(private readonly options: RecordedLoadOptions) {
    const counting = Array.from({ length: COUNTERS }, (_, index) => this.count(index));
    const executing = Array.from({ length: EXECUTERS }, () => this.execute());
    this.running = Promise.all([...counting, ...executing]);
    // Whoever stops the load learns of it.
    this.running.catch(() => undefined);
  }

  /** What was acknowledged until this instant. */
  acknowledged(): Acknowledged {
    return { counters: this.ledger.acknowledged(), executions: new Map(this.executions) };
  }

  /** Gives what the work gives. @throws what has ended the load */
  async whileRunning<T>(work: Promise<T>): Promise<T> {
    const ended = this.running.then(() => Promise.reject(new Error('the load has ended')));
    return Promise.race([work, ended]);
  }

  /** Resolves when the last request was answered. */
  async stop(): Promise<void> {
    this.over = true;
    await this.running;
  }

  private async count(index: number): Promise<void> {
    const client = this.client();
    const counting = new Counting(index % 2 === 0 ? AGENT_COUNTERS : WORKFLOW_COUNTERS, this.ledger, false);
    await workOnOwn(client, counting, () => !this.over);
    client.close();
  }

  private async execute(): Promise<void> {
    const client = this.client();
    const workflows = new Map<object, string>();
    while (!this.over) {
      const shape = SHAPES[this.started % SHAPES.length] ?? {};
      this.started += 1;
      try {
        const workflowId = workflows.get(shape) ?? (await create(client, shape));
        workflows.set(shape, workflowId);
        await this.runOne(client, workflowId);
      } catch (error) {
        if (!(error instanceof RequestFailed)) throw error;
      }
    }
    client.close();
  }

  private async runOne(client: LoadClient, workflowId: string): Promise<void> {
    const answer = await client.send({
      method: 'POST',
      path: `${WORKFLOWS}/${workflowId}/execute`,
      headers: { 'idempotency-key': randomUUID() },
      body: { inputs: { n: this.started } },
      expected: [202],
    });
    const { execution_id: id } = answer.body as { execution_id: string };
    this.executions.set(id, { ended: false });
    while (!FINAL.includes((await stateOf(client, id)).status)) if (this.over) return;
    this.executions.set(id, { ended: true });
    const { body } = await client.send({ method: 'GET', path: `${EXECUTIONS}/${id}/receipt`, expected: [200] });
    this.executions.set(id, { ended: true, receipt: (body as { jws: string }).jws });
  }

  private client(): LoadClient {
    const { url, key, record, perSecond } = this.options;
    const pace = new Pace(perSecond / (COUNTERS + EXECUTERS));
    return new LoadClient(new FixedRoute(url), key, record, () => pace.turn());
  }
}

async function create(client: LoadClient, workflow: object): Promise<string> {
  const { body } = await client.send({ method: 'POST', path: WORKFLOWS, body: workflow, expected: [201] });
  return (body as { id: string }).id;
}
