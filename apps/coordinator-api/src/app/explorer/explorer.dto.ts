import { PageQuery } from '@aitbc/shared-core';
import { IsIn, IsOptional, Max } from 'class-validator';

export const RECEIPT_KINDS = ['job', 'execution'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** Query of `GET /explorer/receipts`. */
export class ReceiptListQuery extends PageQuery {
  /** Receipts of jobs or of agents' executions only; without it, both. */
  @IsOptional()
  @IsIn(RECEIPT_KINDS)
  kind?: ReceiptKind;

  /** How many receipts to skip, at most 1000: they are read and thrown away, and the cursor spares that. */
  @Max(1_000)
  override offset: number = 0;
}
