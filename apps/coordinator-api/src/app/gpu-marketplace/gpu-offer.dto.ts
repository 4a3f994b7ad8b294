import { GPU_OFFER_STATUSES, type GpuOfferStatus } from '@aitbc/coordinator-domain';
import { IsInstant, IsMoney, PageQuery } from '@aitbc/shared-core';
import { IsBoolean, IsIn, IsNumber, IsOptional, Length, Matches, Max, Min } from 'class-validator';

/** Names are compared and shown, so control characters have no place in them (and PostgreSQL stores no NUL). */
const PRINTABLE = /^\P{Cc}*$/u;
const PRINTABLE_MESSAGE = { message: 'must not hold control characters' };

/** Body of `POST /marketplace/gpu/offers`. */
export class CreateGpuOfferDto {
  /** The miner that has the GPU; may be left out by a principal with one miner, or that sends `x-miner-session`. */
  @IsOptional()
  @Length(1, 100)
  @Matches(/^[A-Za-z0-9._:@-]+$/)
  miner_id?: string;

  /** Model name of a GPU that the miner has registered. */
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  gpu: string;

  /** Coins. */
  @IsMoney()
  price_per_hour: number;

  /** Without it, the miner's. */
  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  region?: string;

  /** RFC 3339; without it, now. */
  @IsOptional()
  @IsInstant()
  available_from?: string;

  /** RFC 3339: from then on nobody can book it; without it, there is no end. */
  @IsOptional()
  @IsInstant()
  available_until?: string;
}

/** Query of `GET /marketplace/gpu/offers`; all that is given must hold. */
export class GpuOfferListQuery extends PageQuery {
  /** Exact model name. */
  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  gpu?: string;

  /** Lowest memory in GiB. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(100_000)
  min_vram_gb?: number;

  /** Highest price of an hour in coins. */
  @IsOptional()
  @IsMoney()
  max_price?: number;

  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  region?: string;

  /** Without it, all but the withdrawn ones. */
  @IsOptional()
  @IsIn(GPU_OFFER_STATUSES)
  status?: GpuOfferStatus;

  /** `true`: only the offers that the caller made, or has booked. */
  @IsBoolean()
  mine: boolean = false;
}
