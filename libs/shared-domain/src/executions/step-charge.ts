/**
 * Where a cost comes from: the figures out of which anybody can compute it again. Counts are whole numbers, prices whole
 * units of 10⁻⁸ coin as they were when the attempt ended; null is what nobody could tell.
 */
export type CostBasis =
  /** A coordinator job, at the price of its receipt. */
  | { readonly kind: 'job'; readonly jobId: string }
  /** Tokens that an endpoint has counted; prices are for a million of them. */
  | {
      readonly kind: 'tokens';
      readonly model: string;
      readonly promptTokens: number | null;
      readonly completionTokens: number | null;
      readonly inputPrice: number | null;
      readonly outputPrice: number | null;
    }
  /** CPU time of the thread that ran the code. */
  | { readonly kind: 'cpu'; readonly cpuMicros: number | null; readonly pricePerSecond: number };

/** What one attempt of a step has cost. Attempts that used nothing which has a price have none. */
export interface StepCharge {
  readonly attempt: number;
  /** Units of 10⁻⁸ coin. */
  readonly cost: number;
  readonly basis: CostBasis;
  /** The receipt of the job that was paid. */
  readonly jobReceiptId: string | null;
}
