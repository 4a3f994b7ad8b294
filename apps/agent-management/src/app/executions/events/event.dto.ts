import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { WithoutNul } from '../../workflows';

/** Query of `GET /executions/{execution_id}/events`. */
export class ExecutionEventsQuery {
  /** Number of the last event that is known; for clients that cannot send `Last-Event-ID`, which counts more. */
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  after: number = 0;
}

/** Query of `GET /events`. */
export class EventFeedQuery {
  /**
   * Where to read on: `next_cursor`, or the `id` of an event of the stream. `0` is the beginning. Without it a page begins
   * there, and a stream with what comes from now on. `Last-Event-ID` counts more.
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  after?: string;

  /** Most items of a page. */
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** `type=execution.completed,execution.failed`: events of these types. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Matches(/^(execution|step)\.[a-z_]{1,30}$/, { each: true })
  type?: string[];

  @IsOptional()
  @IsString()
  @Length(1, 60)
  workflow_id?: string;

  /** Whose executions; others than one's own for admins only, who see all without it. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @WithoutNul()
  owner_id?: string;
}
