import type { OpenApiDocument } from '@aitbc/shared-core';
import { PlatformDocument } from './platform-document';
import { serve, type TestServer } from './testing/proxy-bench';

function documentOf(path: string, schema: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: path, version: '1', description: '' },
    tags: [{ name: 'Operation' }, { name: schema }],
    paths: { '/health': { get: { summary: path } }, [path]: { get: {} } },
    components: { schemas: { Problem: { title: path }, [schema]: {} }, headers: {} },
  };
}

const own = documentOf('/api/v1/jobs', 'Job');
const agents = documentOf('/api/v1/agent/agents', 'Agent');
/** A request that comes from a client. */
const stranger = { headers: {} };
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serving(body: unknown, status = 200): Promise<TestServer> {
  const server = await serve((_req, res) => res.writeHead(status).end(JSON.stringify(body)));
  servers.push(server);
  return server;
}

describe('the document of the platform', () => {
  it('has what both services serve; what both describe is described by this one', async () => {
    const { url } = await serving(agents);
    const { paths, components, tags, info } = await new PlatformDocument({ url }).complete(own, stranger);
    expect(info).toEqual(own.info);
    expect(Object.keys(paths).sort()).toEqual(['/api/v1/agent/agents', '/api/v1/jobs', '/health']);
    expect(paths['/health']).toEqual(own.paths['/health']);
    expect(Object.keys(components.schemas).sort()).toEqual(['Agent', 'Job', 'Problem']);
    expect(components.schemas['Problem']).toEqual({ title: '/api/v1/jobs' });
    expect((tags as { name: string }[]).map(({ name }) => name)).toEqual(['Operation', 'Agent', 'Job']);
  });

  it('asks for the other one once in a while, and keeps the last one while that service is away', async () => {
    const server = await serving(agents);
    const lasting = new PlatformDocument({ url: server.url });
    await lasting.complete(own, stranger);
    await lasting.complete(own, stranger);
    expect(server.asked).toHaveLength(1);
    const eager = new PlatformDocument({ url: server.url, freshMs: 0 });
    await eager.complete(own, stranger);
    await server.close();
    expect((await eager.complete(own, stranger)).paths).toHaveProperty('/api/v1/agent/agents');
  });

  it.each([
    ['is no document', { paths: 1 }, 200],
    ['is a problem', agents, 503],
  ])('is its own when the answer %s', async (_what, body, status) => {
    const { url } = await serving(body, status);
    expect(await new PlatformDocument({ url }).complete(own, stranger)).toEqual(own);
  });

  it('is its own for a request that has passed here, since whoever asks on our behalf would ask for ever', async () => {
    const server = await serving(agents);
    const document = new PlatformDocument({ url: server.url });
    await document.complete(own, stranger);
    const { via } = server.asked[0]?.headers ?? {};
    expect(await document.complete(own, { headers: { via } })).toBe(own);
    expect(via).toBe('1.1 aitbc-coordinator');
  });

  it('asks once for all who come meanwhile, and not at once again when nobody told', async () => {
    const server = await serving(agents, 503);
    const document = new PlatformDocument({ url: server.url });
    await Promise.all([1, 2, 3].map(() => document.complete(own, stranger)));
    await document.complete(own, stranger);
    expect(server.asked).toHaveLength(1);
  });

  it('is its own when nobody answers', async () => {
    expect(await new PlatformDocument({ url: 'http://127.0.0.1:1' }).complete(own, stranger)).toEqual(own);
  });
});
