import { IsJsonValue } from '@aitbc/shared-core';
import { ArrayMaxSize, IsArray, IsOptional, IsString, MaxLength } from 'class-validator';

const MAX_JWS_LENGTH = 500_000;

/** Body of `POST /receipts/verify`: a receipt as it was given out, or its JWS alone. */
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
}
