import { Miner } from '@aitbc/coordinator-domain';
import { AppError, type Database, type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import { IsNull } from 'typeorm';
import { type Dialect, dialectOf } from '../jobs';
import { matchingMiners, type MinerFilter, onePageOfMiners } from './miner-list';

/** What a heartbeat says of its miner. */
export interface Heartbeat {
  readonly inflight: number;
  readonly status: string;
  readonly metadata: object | undefined;
}

/** What a miner offers, as the matching compares it. */
export type MinerOffer = Pick<Miner, 'services' | 'models' | 'gpus' | 'cuda' | 'cudaNumber' | 'price'>;

/** A poll counts as a sign of life, but is written at most this often. */
const TOUCH_MS = 5_000;

/** The miners' rows; removed ones are not found. */
export class MinerStore {
  private readonly dialect: Dialect;

  constructor(private readonly db: Database) {
    this.dialect = dialectOf(db.engine);
  }

  /**
   * Stores a registration, and in the same unit does `work`; the same owner's earlier one is replaced, session included.
   * @throws AppError `conflict` when the id belongs to another owner.
   */
  register(miner: Miner, work: () => Promise<void>): Promise<void> {
    return this.db.write(async (manager) => {
      const known = await manager.findOneBy(Miner, { id: miner.id });
      if (known && known.ownerId !== miner.ownerId) {
        throw new AppError('conflict', `the miner id '${miner.id}' is taken`);
      }
      const kept = known && { registeredAt: known.registeredAt, version: known.version + 1 };
      if (kept) await manager.update(Miner, { id: miner.id }, { ...miner, ...kept });
      else await manager.insert(Miner, { ...miner });
      await work();
    });
  }

  async find(minerId: string): Promise<Miner | undefined> {
    // PostgreSQL refuses NUL in text, and no miner has one in its id.
    if (minerId.includes('\0')) return undefined;
    const where = { id: minerId, removedAt: IsNull() };
    return (await this.db.read((manager) => manager.findOneBy(Miner, where))) ?? undefined;
  }

  async findBySession(sessionHash: string): Promise<Miner | undefined> {
    return (await this.db.read((manager) => manager.findOneBy(Miner, { sessionHash }))) ?? undefined;
  }

  /** The first two of an owner: enough to know whether there is exactly one. */
  findTwo(ownerId: string): Promise<Miner[]> {
    return this.db.read((manager) => manager.find(Miner, { where: { ownerId, removedAt: IsNull() }, take: 2 }));
  }

  /** Newest ids first. */
  page(filter: MinerFilter, page: PageRequest): Promise<Page<Miner>> {
    return this.db.read(async (manager) => {
      const total = page.withCount ? await matchingMiners(manager, filter).getCount() : undefined;
      return pageOf(await onePageOfMiners(manager, filter, page).getMany(), page, total);
    });
  }

  /** Stores what `decide`, which is called in the unit that stores it, says that the miner offers. */
  change(minerId: string, decide: () => Promise<MinerOffer>): Promise<Miner> {
    return this.db.write(async (manager) => {
      const offer = await decide();
      const changed = { ...offer, version: () => 'version + 1', updatedAt: Date.now() };
      await manager.update(Miner, { id: minerId }, changed);
      return manager.findOneByOrFail(Miner, { id: minerId });
    });
  }

  /** Records a heartbeat, and in the same unit what `work` does with the miner's leases. */
  heartbeat<T>(minerId: string, beat: Heartbeat, work: () => Promise<T>): Promise<T> {
    const { now } = this.dialect;
    return this.db.writeSet(async (sql) => {
      await sql.query(
        `UPDATE miners SET last_heartbeat_at = ${now}, inflight = $2, status = $3,
           metadata = coalesce(CAST($4 AS text), metadata)
         WHERE id = $1`,
        [minerId, beat.inflight, beat.status, beat.metadata === undefined ? null : JSON.stringify(beat.metadata)],
      );
      return work();
    });
  }

  /** Notes that the miner is there, if that has not been noted lately. */
  async touch(miner: Miner): Promise<void> {
    if (Date.now() - miner.lastHeartbeatAt < TOUCH_MS) return;
    await this.db.writeSet((sql) =>
      sql.query(`UPDATE miners SET last_heartbeat_at = ${this.dialect.now} WHERE id = $1`, [miner.id]),
    );
  }

  /** Removes a miner, and in the same unit does `work` with what hangs on it, unless `allow` throws. */
  remove(minerId: string, allow: () => Promise<void>, work: () => Promise<void>): Promise<void> {
    return this.db.write(async (manager) => {
      await allow();
      const now = Date.now();
      const removed = { removedAt: now, updatedAt: now, sessionHash: null, version: () => 'version + 1' };
      await manager.update(Miner, { id: minerId }, removed);
      await work();
    });
  }

  /** For each kind of job, how many miners take it that gave a sign of life within `withinMs`. */
  async onlineByService(types: readonly string[], withinMs: number): Promise<Map<string, number>> {
    const { now, texts } = this.dialect;
    const rows = await this.db.readSql((sql) =>
      sql.query<{ type: string; miners: number | string }>(
        `SELECT k.value AS type, count(*) AS miners
         FROM miners m CROSS JOIN ${texts('$1', 'k')}
         WHERE m.last_heartbeat_at > ${now} - $2 AND m.removed_at IS NULL
           AND (m.services IS NULL OR k.value IN (SELECT s.value FROM ${texts('m.services', 's')}))
         GROUP BY k.value`,
        [JSON.stringify(types), withinMs],
      ),
    );
    return new Map(rows.map(({ type, miners }) => [type, Number(miners)]));
  }
}
