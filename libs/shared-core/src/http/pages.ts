import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { Response } from 'express';
import { decodeBase64url, encodeBase64url } from '../crypto/base64url';
import { validationFailed } from '../errors/app-error';

/** Query parameters of every list; a list with filters extends it. */
export class PageQuery {
  /** Most items of the answer, 1..200. */
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** `next_cursor` of the page before. */
  @IsOptional()
  @IsString()
  cursor?: string;

  /** How many items to skip, for older clients; ignored with a cursor. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  offset: number = 0;

  /** Whether to answer the total in `X-Total-Count`, which costs a count in the database. */
  @IsBoolean()
  count: boolean = false;
}

/** What a repository needs to read one page: `limit + 1` rows beyond `afterId`, or from `offset` on. */
export interface PageRequest {
  readonly limit: number;
  /** Id of the last item of the page before. */
  readonly afterId: string | undefined;
  readonly offset: number;
  readonly withCount: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Id of the last item when there are more, else `undefined`. */
  readonly lastId: string | undefined;
  /** Number of all matches, when it was asked for. */
  readonly total?: number | undefined;
}

/** @throws AppError `validation_failed` at `?cursor` when the cursor is not one of ours. */
export function pageRequestOf({ limit, cursor, offset, count }: PageQuery): PageRequest {
  const afterId = cursor === undefined ? undefined : parseCursor(cursor);
  return { limit, afterId, offset: afterId === undefined ? offset : 0, withCount: count };
}

/** The page of rows that were read with `limit + 1`: the extra one only tells that there are more. */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  { limit }: PageRequest,
  total?: number,
): Page<T> {
  const items = rows.slice(0, limit);
  return { items, lastId: rows.length > limit ? items.at(-1)?.id : undefined, total };
}

/** The two things that a page asks of a query builder. */
interface PagedQuery<T> {
  getMany(): Promise<T[]>;
  getCount(): Promise<number>;
}

/**
 * The page that queries read.
 * @param query finds the rows of the page, and one more where there is one
 * @param all finds those of all pages; counted only when the total is asked for
 */
export async function readPage<T extends { readonly id: string }>(
  page: PageRequest,
  query: PagedQuery<T>,
  all: PagedQuery<T>,
): Promise<Page<T>> {
  const total = page.withCount ? await all.getCount() : undefined;
  return pageOf(await query.getMany(), page, total);
}

/** Answers `{items, next_cursor}`; `next_cursor` is `null` on the last page. */
export function sendPage<T>(res: Response, { items, lastId, total }: Page<T>, toBody: (item: T) => object): void {
  if (total !== undefined) res.setHeader('X-Total-Count', String(total));
  res.json({ items: items.map(toBody), next_cursor: lastId === undefined ? null : cursorOf(lastId) });
}

/** Opaque to clients, so that what is in it may change. */
export function cursorOf(id: string): string {
  return encodeBase64url(JSON.stringify({ id }));
}

function parseCursor(cursor: string): string {
  const value = parseJson(decodeBase64url(cursor)?.toString() ?? '');
  if (typeof value === 'object' && value !== null && 'id' in value && isId(value.id)) return value.id;
  throw validationFailed([{ pointer: '?cursor', message: 'is not a cursor of this list' }]);
}

/** No id has a NUL, which PostgreSQL refuses to compare. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
