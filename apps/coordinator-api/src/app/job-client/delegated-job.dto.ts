import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { SubmitJobDto } from '../jobs';

/** Body of `PUT /delegated-jobs/by-key/{key}`: that of `POST /jobs`, and for whom. */
export class SubmitDelegatedJobDto extends SubmitJobDto {
  /** Whose job it is, and who pays. */
  @IsString()
  @Length(1, 200)
  @Matches(/^\P{Cc}*$/u, { message: 'must not hold control characters' })
  client_id: string;
}

/** Query of `GET /delegated-jobs/{job_id}/text`. */
export class TextQuery {
  /** Number of the last piece that is known. */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after: number = 0;

  /** Seconds to wait for more, or for the end of the job. */
  @IsInt()
  @Min(0)
  @Max(60)
  wait: number = 0;
}
