import { type Actor } from './actors';

const ENOUGH_PAGES = 1_000;

/** Follows `next_cursor` to the end; gives the items of all pages. */
export async function allOf<T>({ http }: Actor, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor = '';
  for (let page = 0; page < ENOUGH_PAGES; page += 1) {
    const { body } = await http.get(`${path}${path.includes('?') ? '&' : '?'}${cursor}`.replace(/[?&]$/, ''));
    items.push(...(body.items as T[]));
    if (body.next_cursor === null) return items;
    cursor = `cursor=${encodeURIComponent(body.next_cursor)}`;
  }
  throw new Error(`${path} has no last page`);
}
