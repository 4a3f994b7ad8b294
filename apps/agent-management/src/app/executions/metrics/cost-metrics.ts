import type { EventRecord, StepState } from '@aitbc/execution-engine';
import { type MetricsSource, Tally } from '@aitbc/shared-core';
import type { CostBasis } from '@aitbc/shared-domain';

/** What attempts of steps have used and cost, read off the commits that were written: so it counts what was charged. */
export class CostMetrics {
  private readonly units = new Tally(
    'aitbc_step_cost_units_total',
    'Units of 10⁻⁸ coin that attempts of steps have cost, failed ones too, by the basis of the cost: job, tokens or cpu.',
    ['step_type', 'basis'],
  );
  private readonly unpriced = new Tally(
    'aitbc_step_unpriced_attempts_total',
    'Attempts that cost nothing, or too little, because something was not known: the price of the model (no_price), its tokens (no_count) or the CPU time (no_measure).',
    ['step_type', 'reason'],
    [
      { step_type: 'inference', reason: 'no_price' },
      { step_type: 'inference', reason: 'no_count' },
      { step_type: 'custom', reason: 'no_measure' },
    ],
  );
  private readonly tokens = new Tally(
    'aitbc_inference_tokens_total',
    'Tokens that an inference endpoint has counted for steps, by model: read (input) or written (output).',
    ['model', 'direction'],
  );
  private readonly cpu = new Tally(
    'aitbc_step_cpu_seconds_total',
    'CPU time that the code of custom steps has used.',
    [],
  );

  get sources(): readonly MetricsSource[] {
    return [this.units, this.unpriced, this.tokens, this.cpu];
  }

  /** The end of an attempt, as an event tells it. */
  attemptEnded({ stepType: step_type, charges }: StepState, { data }: EventRecord): void {
    const charge = charges.find(({ attempt }) => attempt === data['attempt']);
    if (!charge) return;
    const { basis, cost } = charge;
    if (cost > 0) this.units.add({ step_type, basis: basis.kind }, cost);
    const reason = unknownIn(basis);
    if (reason) this.unpriced.add({ step_type, reason });
    if (basis.kind === 'cpu') this.cpu.add({}, (basis.cpuMicros ?? 0) / 1_000_000);
    if (basis.kind === 'tokens') {
      this.tokens.add({ model: basis.model, direction: 'input' }, basis.promptTokens ?? 0);
      this.tokens.add({ model: basis.model, direction: 'output' }, basis.completionTokens ?? 0);
    }
  }
}

/** What was missing for a full price; where nothing would have been charged, nothing was. */
function unknownIn(basis: CostBasis): string | undefined {
  switch (basis.kind) {
    case 'job':
      return undefined;
    case 'tokens':
      if (basis.inputPrice === null) return 'no_price';
      return basis.promptTokens === null || basis.completionTokens === null ? 'no_count' : undefined;
    case 'cpu':
      return basis.cpuMicros === null && basis.pricePerSecond > 0 ? 'no_measure' : undefined;
  }
}
