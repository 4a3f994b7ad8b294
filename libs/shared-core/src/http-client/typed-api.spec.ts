import { templateOf } from './request-template';
import { typedApi } from './typed-api';

interface Operation<Path, Query> {
  parameters: { query?: Query; path: Path };
  responses: { 200: { headers: object; content: { 'application/json': { ok: boolean } } } };
}

/** As `openapi-typescript` writes them. */
interface Paths {
  '/things/{thing_id}': { get: Operation<{ thing_id: string }, { tags?: string[]; limit?: number }> };
}

it('asks by the document: ids in their places, lists with commas, nothing of what is not set', async () => {
  const asked: { url: string; template: string | undefined; how: unknown[] }[] = [];
  const fetch = (...how: unknown[]) => {
    return (request: Request) => {
      asked.push({ url: request.url, template: templateOf(request), how });
      return Promise.resolve(Response.json({ ok: true }));
    };
  };
  const api = typedApi<Paths>({ fetch }, 'http://things');
  const params = { path: { thing_id: 'a/b' }, query: { tags: ['c', 'd&e'], limit: undefined } };
  expect((await api.quick.GET('/things/{thing_id}', { params })).data).toEqual({ ok: true });
  await api.patient(30).GET('/things/{thing_id}', { params });
  await api.streaming.GET('/things/{thing_id}', { params, parseAs: 'stream' });
  const request = { url: 'http://things/things/a%2Fb?tags=c,d%26e', template: '/things/{thing_id}' };
  expect(asked).toEqual([
    { ...request, how: [] },
    { ...request, how: [30] },
    { ...request, how: [0, { stream: true }] },
  ]);
});
