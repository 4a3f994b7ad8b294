import { GPU_OFFER_EVENTS, GpuOffer, type GpuOfferEvent, Miner } from '@aitbc/coordinator-domain';
import { type Database, type Page, pageOf, type PageRequest, type SqlValue, type Within } from '@aitbc/shared-core';
import { IsNull } from 'typeorm';
import { type Dialect, dialectOf } from '../jobs';
import { type GpuOfferFilter, liveOffers, matchingOffers, onePageOfOffers } from './gpu-offer-list';

/** A change of one offer: what else must hold, and what else is written. Parameters start at `$2`. */
interface Change {
  readonly when: string;
  readonly set: string;
  readonly parameters: readonly SqlValue[];
}

/** Which GPU is to be offered. */
export interface OfferPlace {
  readonly minerId: string;
  readonly gpu: string;
  /** Milliseconds. */
  readonly now: number;
}

/** Makes the offer; throws when there is no such miner, or nothing of it is left to offer. */
type OfferDecision = (miner: Miner | undefined, offered: number) => GpuOffer;

/** The rows of GPU offers. Each change of state is one conditional statement. */
export class GpuOfferStore {
  private readonly dialect: Dialect;

  constructor(private readonly db: Database) {
    this.dialect = dialectOf(db.engine);
  }

  async find(offerId: string): Promise<GpuOffer | undefined> {
    // PostgreSQL refuses NUL in text, and no offer has one in its id.
    if (offerId.includes('\0')) return undefined;
    return (await this.db.read((manager) => manager.findOneBy(GpuOffer, { id: offerId }))) ?? undefined;
  }

  /** Newest first. */
  page(filter: GpuOfferFilter, page: PageRequest, now: number): Promise<Page<GpuOffer>> {
    return this.db.read(async (manager) => {
      const total = page.withCount ? await matchingOffers(manager, filter, now).getCount() : undefined;
      return pageOf(await onePageOfOffers(manager, filter, page, now).getMany(), page, total);
    });
  }

  /**
   * Stores the offer that `decide` makes out of the miner and the number of its GPUs of that name that are on offer at
   * `now`. One serializable unit: neither a second offer of the same GPU nor the removal of the miner comes between.
   */
  create({ minerId, gpu, now }: OfferPlace, decide: OfferDecision, within?: Within<GpuOffer>): Promise<GpuOffer> {
    return this.db.write(async (manager) => {
      const miner = await manager.findOneBy(Miner, { id: minerId, removedAt: IsNull() });
      const offered = await liveOffers(manager, minerId, gpu, now).getCount();
      const offer = decide(miner ?? undefined, offered);
      await manager.insert(GpuOffer, { ...offer });
      await within?.(offer);
      return offer;
    });
  }

  /** Gives the offer to a client, if nobody has it and its time runs; else `undefined`. */
  book(offerId: string, subject: string, within?: Within<GpuOffer>): Promise<GpuOffer | undefined> {
    const { now } = this.dialect;
    const change = {
      when: `available_from <= ${now} AND (available_until IS NULL OR available_until > ${now})`,
      set: `booked_by = $2, booked_at = ${now}`,
      parameters: [subject],
    };
    return this.db.write(async () => {
      const booked = await this.change(offerId, 'booked', change);
      if (booked) await within?.(booked);
      return booked;
    });
  }

  /** Ends a booking; `undefined` when there is none, or not one of this subject. Without a subject: anybody's. */
  release(offerId: string, subject: string | undefined): Promise<GpuOffer | undefined> {
    return this.change(offerId, 'released', {
      when: subject === undefined ? '1 = 1' : 'booked_by = $2',
      set: 'booked_by = NULL, booked_at = NULL',
      parameters: subject === undefined ? [] : [subject],
    });
  }

  /**
   * Takes an offer from the market, unless `allow` throws for it as it stands; `undefined` when it is booked or
   * withdrawn already.
   */
  withdraw(offerId: string, allow: (offer: GpuOffer | undefined) => void): Promise<GpuOffer | undefined> {
    return this.db.write(async () => {
      allow(await this.find(offerId));
      return this.change(offerId, 'withdrawn', { when: '1 = 1', set: 'booked_by = NULL', parameters: [] });
    });
  }

  /** Ends all offers and bookings of a miner, in the unit that removes it. */
  async withdrawAllOf(minerId: string): Promise<void> {
    const { now } = this.dialect;
    await this.db.writeSet((sql) =>
      sql.query(
        `UPDATE gpu_offers SET state = ${to('minerRemoved')}, booked_by = NULL, booked_at = NULL,
           version = version + 1, updated_at = ${now}
         WHERE miner_id = $1 AND ${from('minerRemoved')}`,
        [minerId],
      ),
    );
  }

  /** Two who want the same offer can not both get a row out of the condition on its state. */
  private change(
    offerId: string,
    event: GpuOfferEvent,
    { when, set, parameters }: Change,
  ): Promise<GpuOffer | undefined> {
    const statement = `
      UPDATE gpu_offers SET ${set}, state = ${to(event)}, version = version + 1, updated_at = ${this.dialect.now}
      WHERE id = $1 AND ${from(event)} AND ${when}
      RETURNING id`;
    return this.db.write(async (manager) => {
      const changed = await this.db.writeSet((sql) => sql.query(statement, [offerId, ...parameters]));
      return changed.length === 0 ? undefined : manager.findOneByOrFail(GpuOffer, { id: offerId });
    });
  }
}

function from(event: GpuOfferEvent): string {
  return `state IN (${GPU_OFFER_EVENTS[event].from.map((state) => `'${state}'`).join(', ')})`;
}

function to(event: GpuOfferEvent): string {
  return `'${GPU_OFFER_EVENTS[event].to}'`;
}
