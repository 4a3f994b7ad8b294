import type { LoadClient } from './load-client';

/** All items of a list, page by page. */
export async function itemsOf(client: LoadClient, list: string): Promise<object[]> {
  const items: object[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path = `${list}${list.includes('?') ? '&' : '?'}limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { body } = await client.send({ method: 'GET', path, expected: [200] });
    const page = body as { items: object[]; next_cursor: string | null };
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}
