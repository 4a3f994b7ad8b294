import type { AgentDirectory, ExecutionReceiptSummary } from '@aitbc/contracts';
import type { JobReceipt } from '@aitbc/coordinator-domain';
import { type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import type { JobReceiptStore } from '../receipts';
import type { ReceiptKind } from './explorer.dto';

/** A receipt of either kind. */
export type AnyReceipt =
  | { readonly kind: 'job'; readonly id: string; readonly receipt: JobReceipt }
  | { readonly kind: 'execution'; readonly id: string; readonly receipt: ExecutionReceiptSummary };

/** Part of a merged list: newest first, with the number of all if it was asked for. */
interface Source {
  readonly items: readonly AnyReceipt[];
  readonly total: number | undefined;
}

/** Receipts of jobs and of agents' executions in one list. */
export class ExplorerService {
  constructor(
    private readonly jobReceipts: JobReceiptStore,
    private readonly agents: Pick<AgentDirectory, 'receipts'>,
  ) {}

  /**
   * Newest first, by id, which sorts by the time of issue in both kinds.
   * @throws AppError `dependency_unavailable` when executions' receipts are asked for and nobody can tell: a list with
   * a hole would not show that there is one. Job receipts alone (`kind`) need nobody else.
   */
  async page(kind: ReceiptKind | undefined, page: PageRequest): Promise<Page<AnyReceipt>> {
    const sources = await Promise.all([
      kind === 'execution' ? NOTHING : this.ofJobs(page),
      kind === 'job' ? NOTHING : this.ofExecutions(page),
    ]);
    const merged = sources.flatMap(({ items }) => items).sort(newestFirst);
    const total = page.withCount ? sources.reduce((sum, source) => sum + (source.total ?? 0), 0) : undefined;
    return pageOf(merged.slice(page.offset), page, total);
  }

  private async ofJobs(page: PageRequest): Promise<Source> {
    const { items, total } = await this.jobReceipts.page(rowsOf(page));
    return { items: items.map((receipt) => ({ kind: 'job', id: receipt.id, receipt })), total };
  }

  private async ofExecutions(page: PageRequest): Promise<Source> {
    const { items, total } = await this.agents.receipts(rowsOf(page));
    return { items: items.map((receipt) => ({ kind: 'execution', id: receipt.id, receipt })), total };
  }
}

const NOTHING: Source = { items: [], total: undefined };

/** All rows of the page, and the one that tells whether there are more, may come from one source. */
function rowsOf({ limit, offset, afterId, withCount }: PageRequest) {
  return { limit: offset + limit + 1, beforeId: afterId, withCount };
}

function newestFirst(a: AnyReceipt, b: AnyReceipt): number {
  return a.id < b.id ? 1 : -1;
}
