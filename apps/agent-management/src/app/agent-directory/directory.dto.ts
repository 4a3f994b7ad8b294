import { IsBoolean, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** Query of `GET /directory/receipts`. */
export class DirectoryReceiptsQuery {
  /** Most receipts of the answer: what a page of the explorer may skip and show, and one more. */
  @IsInt()
  @Min(1)
  @Max(1_500)
  limit: number = 50;

  /** Only those whose ids come before this one. */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  before?: string;

  /** Whether to count all of them. */
  @IsBoolean()
  count: boolean = false;
}
