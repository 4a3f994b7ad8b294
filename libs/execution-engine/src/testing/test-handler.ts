import type { JsonValue } from '@aitbc/shared-domain';
import type { HeldStep, StepContext, StepHandler, StepResult, StepUse } from '../ports/step-handler.port';

/** A handler made of a function; it notes which steps ran, in order. */
export class TestHandler implements StepHandler {
  readonly ran: string[] = [];
  readonly released: string[] = [];
  resume?: StepHandler['resume'];

  constructor(private readonly work: (context: StepContext) => Promise<StepResult> | StepResult) {}

  async run(context: StepContext): Promise<StepResult> {
    this.ran.push(context.step.id);
    return this.work(context);
  }

  release({ idempotencyKey }: HeldStep): Promise<void> {
    this.released.push(idempotencyKey);
    return Promise.resolve();
  }
}

export function output(value: JsonValue, cost = 0): StepResult {
  return { output: value, ...costing(cost) };
}

/** So many units, as the price of so many milliseconds of CPU time. */
export function costing(cost: number): StepUse {
  return { cost, basis: { kind: 'cpu', cpuMicros: cost * 1_000, pricePerSecond: 1_000 } };
}

/** Work that never ends by itself. */
export function untilAborted({ signal }: StepContext): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}
