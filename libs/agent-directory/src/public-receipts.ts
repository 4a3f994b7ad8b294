import type { ExecutionReceiptSummary, ReceiptPage, ReceiptPageRequest } from '@aitbc/contracts';
import type { ExecutionReceiptPayload } from '@aitbc/receipts';
import { ExecutionReceipt } from '@aitbc/shared-domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';

/**
 * What of the receipts of executions is public, newest first: their ids sort by the time of their issue. The entries of
 * the steps are not even read.
 */
export async function pageOfReceipts(manager: EntityManager, page: ReceiptPageRequest): Promise<ReceiptPage> {
  const items = (await receiptQuery(manager, page).getMany()).map(summaryOf);
  return { items, total: page.withCount ? await manager.count(ExecutionReceipt) : undefined };
}

function receiptQuery(
  manager: EntityManager,
  { beforeId, limit }: ReceiptPageRequest,
): SelectQueryBuilder<ExecutionReceipt> {
  const query = manager
    .createQueryBuilder(ExecutionReceipt, 'r')
    .select(['r.id', 'r.executionId', 'r.verified', 'r.jws', 'r.issuedAt'])
    .orderBy('r.id', 'DESC')
    .limit(limit);
  if (beforeId !== undefined) query.where('r.id < :beforeId', { beforeId });
  return query;
}

/** The figures are those that were signed. */
function summaryOf({ id, executionId, verified, jws, issuedAt }: ExecutionReceipt): ExecutionReceiptSummary {
  const { status, inputs_hash, result_hash, steps_root, total_cost } = payloadOf(jws);
  return {
    ...{ id, executionId, status, verified, issuedAt },
    inputsHash: inputs_hash,
    resultHash: result_hash ?? undefined,
    stepsRoot: steps_root,
    totalCost: total_cost,
  };
}

/** Our own JWS, straight from the database: it is decoded, not verified. */
function payloadOf(jws: string): ExecutionReceiptPayload {
  const [, payload = ''] = jws.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as ExecutionReceiptPayload;
}
