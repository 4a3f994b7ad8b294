import request, { type Response } from 'supertest';
import { createTestApp } from '../testing/http-test-app';
import { cursorOf, pageOf, PageQuery, pageRequestOf, sendPage } from './pages';
import { queryOf, validateQuery } from './validation';

const ids = ['a', 'b', 'c', 'd', 'e'];

describe('lists', () => {
  const { app } = createTestApp((routes) => {
    routes.get('/things', validateQuery(PageQuery), (req, res) => {
      const page = pageRequestOf(queryOf(req, PageQuery));
      const start = page.afterId === undefined ? page.offset : ids.indexOf(page.afterId) + 1;
      const rows = ids.slice(start, start + page.limit + 1).map((id) => ({ id }));
      sendPage(res, pageOf(rows, page, page.withCount ? ids.length : undefined), ({ id }) => ({ thing_id: id }));
    });
  });

  it('are walked by the cursor until it is null', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/things?limit=2';
    while (path !== undefined) {
      const response: Response = await request(app).get(path).expect(200);
      const page = response.body as { items: { thing_id: string }[]; next_cursor: string | null };
      seen.push(...page.items.map((item) => item.thing_id));
      expect(response.headers).not.toHaveProperty('x-total-count');
      path = page.next_cursor === null ? undefined : `/things?limit=2&cursor=${page.next_cursor}`;
    }
    expect(seen).toEqual(ids);
  });

  it('serve older clients with an offset, and the total when asked', async () => {
    const response = await request(app).get('/things?offset=3&count=true').expect(200);
    expect(response.body).toEqual({ items: [{ thing_id: 'd' }, { thing_id: 'e' }], next_cursor: null });
    expect(response.headers['x-total-count']).toBe('5');
  });

  it('have no next page when the last one is exactly full', async () => {
    await request(app)
      .get(`/things?limit=2&cursor=${cursorOf('c')}`)
      .expect(200, { items: [{ thing_id: 'd' }, { thing_id: 'e' }], next_cursor: null });
  });

  it.each([
    ['limit=0', '?limit'],
    ['limit=201', '?limit'],
    ['offset=-1', '?offset'],
    ['count=maybe', '?count'],
    ['cursor=abc', '?cursor'],
    ['cursor=', '?cursor'],
    [`cursor=${Buffer.from('{"id":5}').toString('base64url')}`, '?cursor'],
    [`cursor=${cursorOf('a')}%3D`, '?cursor'],
    [`cursor=${cursorOf('\0')}`, '?cursor'],
    ['page=2', '?page'],
  ])('refuse %s', async (query, pointer) => {
    const response = await request(app).get(`/things?${query}`).expect(422);
    expect(response.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
  });
});
