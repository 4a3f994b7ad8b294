import { randomBytes } from 'node:crypto';
import { cudaNumber, Miner } from '@aitbc/coordinator-domain';
import {
  AppError,
  type Expected,
  notFound,
  type Page,
  type PageRequest,
  parseEd25519PublicKey,
  type Principal,
  sha256Hex,
  toUnits,
  type Within,
} from '@aitbc/shared-core';
import type { JobLeases } from '../jobs';
import type { MinerOffers } from '../registry';
import { CapabilitiesDto, HeartbeatDto, RegisterMinerDto } from './miner.dto';
import { type MinerOffer, MinerStore } from './miner.store';

export interface RegisteredMiner {
  readonly minerId: string;
  /** Shown once; only its hash is kept. */
  readonly sessionToken: string;
}

/** Which miners an administrator asks for. */
export interface MinerWish {
  readonly ownerId: string | undefined;
  readonly region: string | undefined;
  readonly online: boolean | undefined;
}

/** Another feature that must let go of a miner in the unit that removes it. */
export interface MinerDeparture {
  withdrawAllOf(minerId: string): Promise<void>;
}

/** Who the miners are: registration, sessions, heartbeats. A miner belongs to the subject that registered it. */
export class MinerService implements MinerOffers {
  constructor(
    private readonly store: MinerStore,
    private readonly leases: JobLeases,
    private readonly offers: MinerDeparture,
  ) {}

  /**
   * Registers a miner of this principal, or registers it anew: capabilities, key and session are replaced, what it runs
   * stays under its lease.
   * @throws AppError `validation_failed` for an unsound key, `conflict` when the id belongs to another principal.
   */
  async register(
    { subject }: Principal,
    body: RegisterMinerDto,
    within?: Within<RegisteredMiner>,
  ): Promise<RegisteredMiner> {
    const sessionToken = randomBytes(32).toString('base64url');
    const now = Date.now();
    const miner: Miner = Object.assign(new Miner(), {
      id: body.miner_id ?? subject,
      ownerId: subject,
      ...offerOf(body.capabilities),
      concurrency: body.concurrency,
      region: body.region ?? null,
      publicKey: parseEd25519PublicKey(body.public_key, '/public_key').jwk,
      sessionHash: sha256Hex(sessionToken),
      status: 'available',
      inflight: 0,
      metadata: null,
      lastHeartbeatAt: now,
      registeredAt: now,
      updatedAt: now,
      version: 1,
      removedAt: null,
    } satisfies Miner);
    const registered = { minerId: miner.id, sessionToken };
    await this.store.register(miner, async () => within?.(registered));
    return registered;
  }

  /**
   * Which miner speaks: the one of the session, or without a session the principal's only one.
   * @throws AppError `unauthenticated` when the session is not (or no longer) one of this principal's, `not_found` when it
   * has no miner, `conflict` when it has several.
   */
  async speaking({ subject }: Principal, session: string | undefined): Promise<Miner> {
    if (session !== undefined) {
      const miner = await this.store.findBySession(sha256Hex(session));
      if (miner?.ownerId === subject) return miner;
      throw new AppError('unauthenticated', 'the miner session is not valid: register again');
    }
    const [only, another] = await this.store.findTwo(subject);
    if (!only) throw new AppError('not_found', 'this principal has no miner: register first');
    if (another) throw new AppError('conflict', 'this principal has several miners: send x-miner-session');
    return only;
  }

  /** Renews the leases of what the miner runs; gives ids of jobs that it should stop, since they are no longer its own. */
  heartbeat(miner: Miner, { inflight, status, metadata }: HeartbeatDto): Promise<string[]> {
    const ids = typeof inflight === 'number' ? undefined : inflight;
    const beat = { inflight: ids?.length ?? Number(inflight), status, metadata };
    return this.store.heartbeat(miner.id, beat, () => this.leases.renew(miner.id, ids));
  }

  /** @throws AppError `not_found` when it is absent, removed or another principal's (an admin sees all). */
  async get({ subject, role }: Principal, minerId: string): Promise<Miner> {
    const miner = await this.store.find(minerId);
    if (!miner || (role !== 'admin' && miner.ownerId !== subject)) throw notFound('miner', minerId);
    return miner;
  }

  page({ subject, role }: Principal, page: PageRequest): Promise<Page<Miner>> {
    return this.store.page(role === 'admin' ? {} : { ownerId: subject }, page);
  }

  /** Of all owners, for administrators. */
  everybodys({ online, ...filter }: MinerWish, page: PageRequest): Promise<Page<Miner>> {
    const heartbeat = online === undefined ? undefined : { online, since: Date.now() - this.onlineMs };
    return this.store.page({ ...filter, heartbeat }, page);
  }

  /**
   * Jobs that it runs keep the price at which they were assigned.
   * @param expected throws when the miner as it stands is not the one that the caller has seen.
   * @throws AppError `not_found`, `precondition_failed`
   */
  setCapabilities(
    principal: Principal,
    minerId: string,
    capabilities: CapabilitiesDto,
    expected: Expected<Miner>,
  ): Promise<Miner> {
    return this.store.change(minerId, async () => {
      expected(await this.get(principal, minerId));
      return offerOf(capabilities);
    });
  }

  /**
   * Ends its session and its GPU offers, and queues what it runs again.
   * @param expected as for `setCapabilities`
   */
  async remove(principal: Principal, minerId: string, expected: Expected<Miner>): Promise<void> {
    const allow = async (): Promise<void> => expected(await this.get(principal, minerId));
    await this.store.remove(minerId, allow, async () => {
      await this.leases.loseAll(minerId);
      await this.offers.withdrawAllOf(minerId);
    });
  }

  onlineByService(types: readonly string[]): Promise<Map<string, number>> {
    return this.store.onlineByService(types, this.onlineMs);
  }

  /** A miner that would have lost its leases counts as offline. */
  isOnline(miner: Miner): boolean {
    return Date.now() - miner.lastHeartbeatAt < this.onlineMs;
  }

  private get onlineMs(): number {
    return this.leases.leaseSeconds * 1_000;
  }
}

function offerOf({ services, models, gpus, cuda, price }: CapabilitiesDto): MinerOffer {
  return {
    services: services ?? null,
    models,
    gpus: gpus.map(({ name, memory_mb }) => ({ name, memory_mb })),
    cuda: cuda ?? null,
    cudaNumber: cuda === undefined || cuda === null ? null : cudaNumber(cuda),
    price: toUnits(price),
  };
}
