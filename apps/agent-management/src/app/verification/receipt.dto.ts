import { IsJsonValue } from '@aitbc/shared-core';
import { ArrayMaxSize, IsArray, IsNumber, IsOptional, IsString, MaxLength } from 'class-validator';

const MAX_JWS_LENGTH = 500_000;

/**
 * Body of `POST /receipts/verify`: a receipt of an execution or of a job, or one step of a receipt, as it was given out;
 * or its JWS alone.
 */
export class VerifyReceiptDto {
  /** Compact JWS. */
  @IsString()
  @MaxLength(MAX_JWS_LENGTH)
  jws: string;

  /** What the JWS is said to contain; checked against it. */
  @IsOptional()
  @IsJsonValue()
  payload?: unknown;

  /** The entries of the steps of an execution receipt. */
  @IsOptional()
  @IsJsonValue()
  steps?: unknown;

  /** The entry of one step of an execution receipt, shown without the others. */
  @IsOptional()
  @IsJsonValue()
  entry?: unknown;

  /** What proves that the receipt states `entry`. */
  @IsOptional()
  @IsJsonValue()
  inclusion_proof?: unknown;

  /** Compact JWS of the job receipts that the steps name. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  job_receipts?: string[];

  /** Public key of the miner of a job receipt, as a JWK or base64url. */
  @IsOptional()
  @IsJsonValue()
  miner_key?: unknown;

  /** The `receipt_id` of a job receipt. */
  @IsOptional()
  @IsString()
  id?: string;

  @IsOptional()
  @IsString()
  receipt_id?: string;

  @IsOptional()
  @IsString()
  job_id?: string;

  @IsOptional()
  @IsString()
  client_id?: string;

  @IsOptional()
  @IsString()
  miner_id?: string;

  /** Coins. */
  @IsOptional()
  @IsNumber()
  cost?: number;

  /** Of a job receipt, RFC 3339. */
  @IsOptional()
  @IsString()
  issued_at?: string;
}
