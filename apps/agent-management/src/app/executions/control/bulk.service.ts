import { AppError, type Principal, validationFailed } from '@aitbc/shared-core';
import type { ExecutionStatus } from '@aitbc/shared-domain';
import type { ExecutionRepository } from '../execution.repository';
import type { BulkCancelDto, BulkDto } from './control.dto';
import type { ExecutionControl } from './control.service';

/** What became of the executions that a bulk request means. */
export interface BulkOutcome {
  /** How many matched, up to the request's limit. */
  readonly matched: number;
  /** How many were changed. */
  readonly changed: number;
  /** How many could not be: they ended meanwhile, or what they run is gone. */
  readonly unchanged: number;
  /** Whether more match than the request's limit. */
  readonly more: boolean;
}

/** So many at once: enough to fill the commit batches, and few enough to leave the writer to others. */
const AT_ONCE = 16;
const UNFINISHED: readonly ExecutionStatus[] = ['pending', 'running', 'waiting', 'paused'];
const RETRYABLE: readonly ExecutionStatus[] = ['failed', 'cancelled'];

/** Cancels and retries many executions. Each is a unit of its own: one that cannot be changed keeps none from it. */
export class BulkControl {
  constructor(
    private readonly repository: Pick<ExecutionRepository, 'matching'>,
    private readonly control: Pick<ExecutionControl, 'cancel' | 'retry'>,
  ) {}

  /** @throws AppError `validation_failed` without a filter */
  cancel(principal: Principal, request: BulkCancelDto): Promise<BulkOutcome> {
    return this.forEach(principal, request, UNFINISHED, false, (id) =>
      this.control.cancel(principal, id, request.reason),
    );
  }

  /**
   * Retries those that have no retry yet, so that a repeated request makes none twice.
   * @throws AppError `validation_failed` without a filter
   */
  retry(principal: Principal, request: BulkDto): Promise<BulkOutcome> {
    return this.forEach(principal, request, RETRYABLE, true, (id) => this.control.retry(principal, id, {}));
  }

  private async forEach(
    principal: Principal,
    request: BulkDto,
    statuses: readonly ExecutionStatus[],
    withoutRetry: boolean,
    work: (id: string) => Promise<unknown>,
  ): Promise<BulkOutcome> {
    const { limit } = request;
    const filter = { ...filterOf(principal, request), statuses: statusesOf(request, statuses), withoutRetry };
    const found = await this.repository.matching(filter, limit + 1);
    const ids = found.slice(0, limit);
    const results: boolean[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      results.push(...(await Promise.all(ids.slice(at, at + AT_ONCE).map((id) => succeeded(work(id))))));
    }
    const changed = results.filter(Boolean).length;
    return { matched: ids.length, changed, unchanged: ids.length - changed, more: found.length > limit };
  }
}

function statusesOf({ status }: BulkDto, allowed: readonly ExecutionStatus[]): readonly ExecutionStatus[] {
  if (status === undefined) return allowed;
  if (allowed.includes(status)) return [status];
  throw validationFailed([{ pointer: '/status', message: `must be one of ${allowed.join(', ')}` }]);
}

function filterOf({ role, subject }: Principal, request: BulkDto) {
  const { execution_ids, workflow_id, status, created_from, created_until } = request;
  const filters = [execution_ids, workflow_id, status, created_from, created_until];
  if (filters.every((filter) => filter === undefined)) {
    throw validationFailed([{ pointer: '', message: 'must name at least one filter' }]);
  }
  return {
    ownerId: role === 'admin' ? undefined : subject,
    ids: execution_ids,
    workflowId: workflow_id,
    createdFrom: created_from === undefined ? undefined : Date.parse(created_from),
    createdUntil: created_until === undefined ? undefined : Date.parse(created_until),
  };
}

/** False for what the state of things refuses; what is nobody's fault but ours goes on to the caller. */
async function succeeded(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.definition.family === 'user') return false;
    throw error;
  }
}
