import type { Schemas } from '@aitbc/agent-client';
import { MAX_COINS, textOfUnits, toUnits } from '@aitbc/shared-core';
import type { Output } from './output';
import { renderTable } from './table';

type ExecutionCost = Schemas['ExecutionCost'];

/** What an execution has cost, attempt by attempt, as the result of a command. */
export function showCost(out: Output, cost: ExecutionCost): void {
  out.result(cost, () => [costSummary(cost), ...tableOf(cost.steps)].join('\n'));
}

/** `0.25 coins of a budget of 1, 0.4 set aside`. */
function costSummary({ total_cost: total, reserved_cost: reserved, budget }: ExecutionCost): string {
  const limit = budget === 0 ? '' : ` of a budget of ${coins(budget)}`;
  const aside = reserved === 0 ? '' : `, ${coins(reserved)} set aside`;
  return `${coins(total)} coins${limit}${aside}`;
}

function tableOf(steps: ExecutionCost['steps']): string[] {
  if (steps.length === 0) return [];
  const table = renderTable(steps, [
    { title: 'STEP', value: (row) => row.step_id },
    { title: 'ATTEMPT', value: (row) => row.attempt },
    { title: 'COST', value: (row) => coins(row.cost) },
    { title: 'FOR', value: (row) => (row.adopted_from === undefined ? reason(row.basis) : `as ${row.adopted_from}`) },
    { title: 'RECEIPT', value: (row) => row.job_receipt_id },
  ]);
  return [table];
}

/** What was used, and at which price, in a few words. */
function reason(basis: Schemas['CostBasis']): string | null {
  switch (basis.kind) {
    case 'none':
      return null;
    case 'job':
      return basis.job_id;
    case 'cpu':
      return `${basis.cpu_microseconds ?? '?'} µs of CPU at ${coins(basis.price_per_second)} a second`;
    case 'tokens': {
      const { model, prompt_tokens: read, completion_tokens: written, input_price, output_price } = basis;
      const price =
        input_price === null || output_price === null
          ? 'without a price'
          : `at ${coins(input_price)}/${coins(output_price)} a million`;
      return `${read ?? '?'}+${written ?? '?'} tokens of ${model} ${price}`;
    }
  }
}

/** Decimal text: JSON numbers of small amounts would be shown as `1e-8`. */
function coins(amount: number): string {
  return amount < MAX_COINS ? textOfUnits(toUnits(amount)) : String(amount);
}
