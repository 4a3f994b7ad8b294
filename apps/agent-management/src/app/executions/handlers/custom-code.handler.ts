import {
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepPlan,
  type StepResult,
  type StepUse,
} from '@aitbc/execution-engine';
import { CodeError, type CodeMetrics, type CodeSandbox } from '@aitbc/sandbox';
import { costOf } from '@aitbc/shared-core';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { sandboxProblem } from './sandbox-failure';

/**
 * `custom`: runs the ES module of `config.code` on the mapped input in the sandbox. What it logs is in the metrics. It
 * costs the CPU time of the thread that ran it, whether it succeeds or not.
 */
export class CustomCodeHandler implements StepHandler {
  /** @param pricePerSecond units of 10⁻⁸ coin for a second of CPU time. */
  constructor(
    private readonly sandbox: Pick<CodeSandbox, 'run' | 'longestRunMs'>,
    private readonly pricePerSecond: number,
  ) {}

  /** A thread has no more CPU time than there is time. */
  estimate(_step: StepPlan): number {
    return this.costOf(this.sandbox.longestRunMs * 1_000);
  }

  async run({ step, input, signal }: StepContext): Promise<StepResult> {
    const code = step.config['code'];
    if (typeof code !== 'string') throw new StepFailure('bad_config', 'config.code is missing', false);
    try {
      const { output, logs, metrics } = await this.sandbox.run(code, input, { signal });
      return { output: output as JsonValue, ...this.useOf(metrics, logs) };
    } catch (error) {
      const { code: reason, message, retryable } = sandboxProblem(error);
      const ran = error instanceof CodeError && error.metrics ? this.useOf(error.metrics, error.logs) : undefined;
      throw new StepFailure(reason, message, retryable, ran);
    }
  }

  private useOf(metrics: Partial<CodeMetrics>, logs: readonly string[]): StepUse {
    const { cpuMicros = null } = metrics;
    return {
      cost: cpuMicros === null ? 0 : this.costOf(cpuMicros),
      basis: { kind: 'cpu', cpuMicros, pricePerSecond: this.pricePerSecond },
      metrics: { ...metricsOf(metrics), logs: [...logs] },
    };
  }

  private costOf(cpuMicros: number): number {
    return costOf([{ quantity: cpuMicros, price: this.pricePerSecond }]);
  }
}

function metricsOf({ memoryBytes, durationMs, cpuMicros }: Partial<CodeMetrics>): JsonObject {
  return {
    ...(memoryBytes === undefined ? {} : { memory_bytes: memoryBytes }),
    ...(durationMs === undefined ? {} : { duration_ms: durationMs }),
    ...(cpuMicros === undefined ? {} : { cpu_ms: cpuMicros / 1_000 }),
  };
}
