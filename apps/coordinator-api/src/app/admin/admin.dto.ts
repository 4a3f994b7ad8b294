import { PageQuery } from '@aitbc/shared-core';
import { IsBoolean, IsOptional, Length, Matches } from 'class-validator';
import { JobListQuery } from '../jobs';

/** PostgreSQL stores no NUL, and no name has one. */
const PRINTABLE = /^\P{Cc}*$/u;
const PRINTABLE_MESSAGE = { message: 'must not hold control characters' };

/** Query of `GET /admin/jobs`. */
export class AdminJobListQuery extends JobListQuery {
  /** Whose jobs. */
  @IsOptional()
  @Length(1, 200)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  client_id?: string;

  /** The miner that runs them, or ran them last. */
  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  miner_id?: string;
}

/** Query of `GET /admin/miners`. */
export class AdminMinerListQuery extends PageQuery {
  /** Whose miners. */
  @IsOptional()
  @Length(1, 200)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  owner_id?: string;

  @IsOptional()
  @Length(1, 100)
  @Matches(PRINTABLE, PRINTABLE_MESSAGE)
  region?: string;

  /** `true`: those that are online now; `false`: those that are not. */
  @IsOptional()
  @IsBoolean()
  online?: boolean;
}
