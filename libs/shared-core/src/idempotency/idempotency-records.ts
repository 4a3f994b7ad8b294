import type { Database } from '../database/database';
import { type CreationAnswer, headersOf } from './answer';
import { IdempotencyRecordEntity } from './idempotency-record.entity';
import type { IdempotentRequest } from './idempotent-request';

/** How long a repeat is recognised. */
const RECORD_LIFETIME_MS = 24 * 3_600_000;

export interface KeepOptions {
  /** False for an answer that shows a secret: that it was given is kept, its content is not. True by default. */
  readonly replayable?: boolean;
}

/** The unit found the record of an earlier request with this key, made while this one ran: it must be rolled back. */
export class RepeatedRequest extends Error {
  constructor(readonly request: IdempotentRequest) {
    super('a request with this Idempotency-Key was answered meanwhile');
    this.name = 'RepeatedRequest';
  }
}

/** Records of answered requests, in the shared database. */
export class IdempotencyRecords {
  constructor(
    private readonly db: Database,
    private readonly now: () => number = Date.now,
  ) {}

  /** The committed record of an earlier request with this key. */
  find(id: string): Promise<IdempotencyRecordEntity | undefined> {
    return this.db.read(async (manager) => {
      const record = await manager.findOneBy(IdempotencyRecordEntity, { id });
      return record && record.expiresAt > this.now() ? record : undefined;
    });
  }

  /**
   * Like `find`, after every unit that this process has begun to commit. On SQLite units share a transaction: the record
   * that a unit ran into may be committed only after that unit was rolled back, or never, if the commit fails.
   */
  findSettled(id: string): Promise<IdempotencyRecordEntity | undefined> {
    return this.db.write(() => this.find(id));
  }

  /**
   * Records the answer in the unit of work that is open, which is the one that creates. One statement looks and inserts:
   * of two processes that come here with one key, the second finds the first one's row (PostgreSQL repeats its unit
   * until it does).
   * @throws RepeatedRequest when there is a record that has not expired.
   */
  async keep(
    request: IdempotentRequest,
    answer: CreationAnswer,
    { replayable = true }: KeepOptions = {},
  ): Promise<void> {
    const now = this.now();
    const headers = JSON.stringify(replayable ? headersOf(answer) : {});
    const body = replayable && answer.body !== undefined ? JSON.stringify(answer.body) : null;
    const values = [request.id, request.hash, replayable, answer.status, headers, body, now, now + RECORD_LIFETIME_MS];
    const kept = await this.db.writeSet((sql) => sql.query(KEEP, values));
    if (kept.length === 0) throw new RepeatedRequest(request);
  }

  /** Deletes up to `limit` expired records, the oldest first; gives how many. */
  async deleteExpired(limit: number): Promise<number> {
    const deleted = await this.db.writeSet((sql) => sql.query(DELETE_EXPIRED, [this.now(), limit]));
    return deleted.length;
  }
}

const KEEP = `
  INSERT INTO idempotency_records (id, request_hash, replayable, status, headers, body, created_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (id) DO UPDATE SET request_hash = excluded.request_hash, replayable = excluded.replayable,
    status = excluded.status, headers = excluded.headers, body = excluded.body,
    created_at = excluded.created_at, expires_at = excluded.expires_at
  WHERE idempotency_records.expires_at <= excluded.created_at
  RETURNING id`;

const DELETE_EXPIRED = `
  DELETE FROM idempotency_records
  WHERE id IN (SELECT id FROM idempotency_records WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
  RETURNING id`;
