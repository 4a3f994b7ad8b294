import type { Database, ExpectedStatement } from '../database/database';
import { jsonRows } from '../database/dialect';
import { type CreationAnswer, headersOf } from './answer';
import { IdempotencyRecordEntity } from './idempotency-record.entity';
import type { IdempotentRequest } from './idempotent-request';

/** How long a repeat is recognised. */
const RECORD_LIFETIME_MS = 24 * 3_600_000;

export interface KeepOptions {
  /** False for an answer that shows a secret: that it was given is kept, its content is not. True by default. */
  readonly replayable?: boolean;
}

/** An answer to be recorded with what it tells of. */
export interface AnsweredRequest extends KeepOptions {
  readonly request: IdempotentRequest;
  readonly answer: CreationAnswer;
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
   * Records the answer in the unit of work that is open, which is the one that creates.
   * @throws RepeatedRequest when there is a record that has not expired.
   */
  async keep(request: IdempotentRequest, answer: CreationAnswer, options: KeepOptions = {}): Promise<void> {
    const kept = await this.keepAll([{ request, answer, ...options }]);
    if (!kept.has(request.id)) throw new RepeatedRequest(request);
  }

  /**
   * Records the answers to different requests in the unit of work that is open; gives the ids of those that it recorded.
   * The others were answered before, and must create nothing. One statement looks and inserts: of two processes that
   * come here with one key, the second finds the first one's row (PostgreSQL repeats its unit until it does).
   */
  async keepAll(answered: readonly AnsweredRequest[]): Promise<ReadonlySet<string>> {
    if (answered.length === 0) return new Set();
    const { sql: keep, parameters } = this.keepStatement(answered);
    const kept = await this.db.writeSet((sql) => sql.query<{ id: string }>(`${keep} RETURNING id`, parameters));
    return new Set(kept.map(({ id }) => id));
  }

  /** The same for `Database.writeAtOnce`: not as expected when one of them was answered before. */
  keepStatement(answered: readonly AnsweredRequest[]): ExpectedStatement {
    const now = this.now();
    const rows = answered.map(({ request, answer, replayable = true }) => ({
      id: request.id,
      request_hash: request.hash,
      replayable,
      status: answer.status,
      headers: JSON.stringify(replayable ? headersOf(answer) : {}),
      body: replayable && answer.body !== undefined ? JSON.stringify(answer.body) : null,
      created_at: now,
      expires_at: now + RECORD_LIFETIME_MS,
    }));
    return { sql: keepStatement(this.db.engine), parameters: [JSON.stringify(rows)], expected: answered.length };
  }

  /** Deletes up to `limit` expired records, the oldest first; gives how many. */
  async deleteExpired(limit: number): Promise<number> {
    const deleted = await this.db.writeSet((sql) => sql.query(DELETE_EXPIRED, [this.now(), limit]));
    return deleted.length;
  }
}

const COLUMNS = {
  id: 'text',
  request_hash: 'text',
  replayable: 'boolean',
  status: 'integer',
  headers: 'text',
  body: 'text',
  created_at: 'integer',
  expires_at: 'integer',
} as const;

function keepStatement(engine: Database['engine']): string {
  const names = Object.keys(COLUMNS);
  return `INSERT INTO idempotency_records (${names.join(', ')})
    SELECT ${names.map((name) => `b.${name}`).join(', ')} FROM ${jsonRows(engine, '$1', 'b', COLUMNS)} WHERE true
    ON CONFLICT (id) DO UPDATE SET request_hash = excluded.request_hash, replayable = excluded.replayable,
      status = excluded.status, headers = excluded.headers, body = excluded.body,
      created_at = excluded.created_at, expires_at = excluded.expires_at
    WHERE idempotency_records.expires_at <= excluded.created_at`;
}

const DELETE_EXPIRED = `
  DELETE FROM idempotency_records
  WHERE id IN (SELECT id FROM idempotency_records WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)
  RETURNING id`;
