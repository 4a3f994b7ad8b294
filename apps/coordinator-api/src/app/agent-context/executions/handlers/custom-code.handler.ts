import { type StepContext, StepFailure, type StepHandler, type StepResult } from '@aitbc/execution-engine';
import type { CodeMetrics, CodeSandbox } from '@aitbc/sandbox';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { sandboxFailure } from './sandbox-failure';

/** `custom`: runs the ES module of `config.code` on the mapped input in the sandbox. What it logs is in the metrics. */
export class CustomCodeHandler implements StepHandler {
  constructor(private readonly sandbox: CodeSandbox) {}

  async run({ step, input, signal }: StepContext): Promise<StepResult> {
    const code = step.config['code'];
    if (typeof code !== 'string') throw new StepFailure('bad_config', 'config.code is missing', false);
    try {
      const { output, logs, metrics } = await this.sandbox.run(code, input, { signal });
      return { output: output as JsonValue, cost: 0, metrics: { ...metricsOf(metrics), logs: [...logs] } };
    } catch (error) {
      throw sandboxFailure(error);
    }
  }
}

function metricsOf({ memoryBytes, durationMs, cpuMs }: CodeMetrics): JsonObject {
  return { memory_bytes: memoryBytes, duration_ms: durationMs, ...(cpuMs === undefined ? {} : { cpu_ms: cpuMs }) };
}
