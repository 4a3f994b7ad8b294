import { randomUUID } from 'node:crypto';
import { AGENT_API } from '../api';
import { endOf, type ExecutionEnd, EXECUTIONS, FINAL, stateOf } from './execution-end';
import { itemsOf } from './lists';
import { type LoadClient, RequestFailed } from './load-client';
import type { LoadOutcome, Work } from './work';

const WORKFLOWS = `${AGENT_API}/workflows`;

/** Starts executions of a workflow of its own, one after another, and looks at each until it has ended. */
export class ExecutingWork implements Work {
  private readonly acknowledged = new Set<string>();
  private unanswered = 0;
  private workflowId: string | undefined;

  private starts = 0;

  /**
   * @param steps of the workflow
   * @param inputsOf the inputs of a start, by its number: what is there twice with the same ones was done twice
   */
  constructor(
    private readonly steps: object,
    private readonly inputsOf?: (start: number) => object,
  ) {}

  async run(client: LoadClient, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      try {
        this.workflowId ??= await this.createWorkflow(client);
        const id = await this.start(client, this.workflowId);
        while (goesOn() && !FINAL.includes((await stateOf(client, id)).status)) continue;
      } catch (error) {
        if (!(error instanceof RequestFailed)) throw error;
      }
    }
  }

  async outcome(reader: LoadClient): Promise<LoadOutcome> {
    const items =
      this.workflowId === undefined ? [] : await itemsOf(reader, `${EXECUTIONS}?workflow_id=${this.workflowId}`);
    const found = items.map((item) => (item as { execution_id: string }).execution_id);
    const lost = [...this.acknowledged].filter((id) => !found.includes(id));
    const unknown = found.filter((id) => !this.acknowledged.has(id));
    const started = this.acknowledged.size;
    const { twice, faults } = await this.ends(reader, found);
    return {
      ...{ writes: started, executions: started },
      lost: lost.map((id) => `${id} was acknowledged, and is not there`),
      // A start without an answer may have been done, once.
      doubled: [...unknown.slice(this.unanswered).map((id) => `${id} is there, and nobody was told of it`), ...twice],
      unfinished: faults,
    };
  }

  /** Of all executions: what was started twice, and what did not end as it should. */
  private async ends(reader: LoadClient, ids: readonly string[]) {
    const ends: ExecutionEnd[] = [];
    for (const id of ids) ends.push(await endOf(reader, id));
    const same = Map.groupBy(ends, ({ inputs }) => inputs);
    const twice = [...same].flatMap(([inputs, { length }]) =>
      this.inputsOf && length > 1 ? [`${length} executions with inputs ${inputs}`] : [],
    );
    return { twice, faults: ends.flatMap(({ fault }) => fault ?? []) };
  }

  private async createWorkflow(client: LoadClient): Promise<string> {
    const body = { name: 'Load', steps: this.steps };
    const answer = await client.send({ method: 'POST', path: WORKFLOWS, body, expected: [201] });
    return (answer.body as { id: string }).id;
  }

  private async start(client: LoadClient, workflowId: string): Promise<string> {
    this.starts += 1;
    try {
      const { body } = await client.send({
        method: 'POST',
        path: `${WORKFLOWS}/${workflowId}/execute`,
        // Every other one leaves it to the router to make a key.
        headers: this.starts % 2 === 0 ? { 'idempotency-key': randomUUID() } : {},
        body: { inputs: this.inputsOf?.(this.starts) ?? {} },
        expected: [202],
      });
      const { execution_id: id } = body as { execution_id: string };
      this.acknowledged.add(id);
      return id;
    } catch (error) {
      if (error instanceof RequestFailed) this.unanswered += 1;
      throw error;
    }
  }
}
