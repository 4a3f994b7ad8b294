import { CountColumn, oneOf, TextColumn, TimeColumn, UnitsColumn } from '@aitbc/shared-domain';
import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Miner } from '../miners/miner.entity';
import { GPU_OFFER_STATES, type GpuOfferState } from './gpu-offer-state';

/** One GPU of a miner, offered by the hour. `gpu-offer-state.ts` tells its life. */
@Entity('gpu_offers')
@Index('ix_gpu_offers_state', ['state', 'id'])
@Index('ix_gpu_offers_gpu', ['gpuName', 'id'])
@Index('ix_gpu_offers_region', ['region', 'id'])
@Index('ix_gpu_offers_price', ['pricePerHour'])
@Index('ix_gpu_offers_memory', ['gpuMemoryMb'])
@Index('ix_gpu_offers_miner', ['minerId', 'id'])
@Index('ix_gpu_offers_owner', ['ownerId', 'id'])
@Index('ix_gpu_offers_booker', ['bookedBy', 'id'])
@Check('ck_gpu_offers_state', oneOf('state', GPU_OFFER_STATES))
export class GpuOffer {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(100, { name: 'miner_id' })
  @ForeignKey(() => Miner, { name: 'fk_gpu_offers_miner' })
  minerId: string;

  /** Subject that made the offer: the miner's operator. */
  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  /** Exact model name, as the miner registered it. */
  @TextColumn(100, { name: 'gpu_name' })
  gpuName: string;

  /** MiB, as the miner registered it. */
  @CountColumn({ name: 'gpu_memory_mb' })
  gpuMemoryMb: number;

  @UnitsColumn({ name: 'price_per_hour' })
  pricePerHour: number;

  @TextColumn(100, { nullable: true })
  region: string | null;

  @TimeColumn({ name: 'available_from' })
  availableFrom: number;

  /** From then on nobody can book it; null: no end. */
  @TimeColumn({ name: 'available_until', nullable: true })
  availableUntil: number | null;

  @TextColumn(20)
  state: GpuOfferState;

  /** Subject that holds it; null unless it is booked. */
  @TextColumn(200, { name: 'booked_by', nullable: true })
  bookedBy: string | null;

  @TimeColumn({ name: 'booked_at', nullable: true })
  bookedAt: number | null;

  /** Raised with each change: what the ETag is made of. */
  @CountColumn()
  version: number;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}
