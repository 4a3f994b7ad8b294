import { NO_ROUTE, pathsOf, RouteTemplates } from './route-templates';

const UUID = '01a20901-4a56-7000-8000-000000000001';

const templatesOf = (...documents: string[][]) =>
  new RouteTemplates({ sources: documents.map((paths) => () => Promise.resolve(paths)) });

describe('the route of a path', () => {
  it.each([
    ['/agents', '/agents'],
    ['/agents/reader', '/agents/{id}'],
    ['/agents/stats', '/agents/stats'],
    [`/executions/exec_${UUID}/steps/report`, '/executions/{id}/steps/{id}'],
    ['/events', '/events'],
    ['/agents/', NO_ROUTE],
    ['/agents/reader/more', NO_ROUTE],
  ])('%s is %s by the documents of both sides', async (path, route) => {
    const first = ['/agents', '/agents/{agent_id}', '/executions/{execution_id}/steps/{step_id}'];
    expect(await templatesOf(first, ['/agents/{other}', '/agents/stats', '/events']).routeOf(path)).toBe(route);
  });

  it('is guessed while there is no document', async () => {
    const none = new RouteTemplates({ sources: [() => Promise.reject(new Error('away'))] });
    expect(await none.routeOf(`/x/step_exec_${UUID}/y/${UUID}/agents/reader`)).toBe('/x/{id}/y/{id}/agents/reader');
  });

  it('is found by a document that came late, which is asked for now and then only', async () => {
    let now = 0;
    const source = jest
      .fn<Promise<string[]>, []>()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue(['/a/{x}']);
    const templates = new RouteTemplates({ sources: [source], retryMs: 1_000, now: () => now });
    expect(await templates.routeOf('/a/b')).toBe('/a/b');
    now = 999;
    expect(await templates.routeOf('/a/b')).toBe('/a/b');
    expect(source).toHaveBeenCalledTimes(1);
    now = 1_000;
    expect(await Promise.all([templates.routeOf('/a/b'), templates.routeOf('/a/c')])).toEqual(['/a/{id}', '/a/{id}']);
    now = 9_000;
    await templates.routeOf('/a/b');
    expect(source).toHaveBeenCalledTimes(2);
  });
});

describe('an OpenAPI document', () => {
  it('without paths is none', () => {
    expect(pathsOf({ paths: { '/a': {} } })).toEqual(['/a']);
    for (const document of [null, {}, { paths: {} }, 'text']) expect(() => pathsOf(document)).toThrow('no paths');
  });
});
