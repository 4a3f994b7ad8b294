import { IsInt, IsOptional, IsString, Max } from 'class-validator';
import express from 'express';
import request from 'supertest';
import { PageQuery } from '../http';
import { createTestApp, validateOpenApi } from '../testing';
import { openApiDocument } from './document';
import { mountOpenApi } from './mount-openapi';
import { answer, type FeatureDocument, noContent, operation, pageAnswer } from './operation';
import { operationalDocument } from './operational-routes';
import { object, ref, text } from './schema';

class ThingDto {
  @IsString()
  name: string;
}

class ThingQuery extends PageQuery {
  @IsOptional()
  @IsInt()
  @Max(9)
  size?: number;
}

const create = operation({
  ...{ method: 'post', path: '/things', id: 'createThing', summary: 'Creates a thing' },
  body: ThingDto,
  idempotent: true,
  responses: { 201: answer('It.', ref('Thing'), 'Location') },
});
const things: FeatureDocument = {
  tag: { name: 'things', description: 'Things.' },
  schemas: { Thing: object({ id: text() }) },
  operations: [
    create,
    operation({
      ...{ method: 'get', path: '/things', id: 'listThings', summary: 'Things' },
      query: ThingQuery,
      responses: { 200: pageAnswer('Things.', ref('Thing')) },
    }),
    operation({
      ...{ method: 'delete', path: '/things/:thing_id', id: 'removeThing', summary: 'Removes it' },
      parameters: { thing_id: 'Id of a thing.' },
      access: ['admin'],
      ifMatch: true,
      responses: { 204: noContent('Gone.') },
      errors: ['not_found'],
    }),
  ],
};

function documentOf(...features: FeatureDocument[]) {
  const mounts = [
    { base: '', access: 'open' as const, features: [operationalDocument] },
    { base: '/api', features },
  ];
  const descriptions = { 'ThingDto.name': 'What it is called.', 'PageQuery.limit': 'Most items.' };
  return openApiDocument({ title: 'Things', version: '1.0.0', description: 'Of things.', mounts, descriptions });
}

/** The part at a path of keys. */
function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}

describe('the OpenAPI document', () => {
  const document = documentOf(things);

  it('is valid OpenAPI 3.1', async () => {
    expect(await validateOpenApi(document)).toEqual({ valid: true, version: '3.1', errors: [] });
  });

  it('refers to bodies and answers by name, and puts the doc comments of fields into them', () => {
    const body = at(document.paths, '/api/things', 'post', 'requestBody');
    expect(body).toEqual({ required: true, content: { 'application/json': { schema: ref('ThingRequest') } } });
    expect(at(document.components.schemas, 'ThingRequest', 'properties', 'name')).toEqual({
      ...{ type: 'string', description: 'What it is called.' },
    });
  });

  it('has query parameters with their limits and defaults', () => {
    const parameters = at(document.paths, '/api/things', 'get', 'parameters');
    expect(parameters).toContainEqual({
      ...{ name: 'limit', in: 'query', required: false, description: 'Most items.' },
      schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    });
    const size = { name: 'size', in: 'query', required: false, schema: { type: 'integer', maximum: 9 } };
    expect(parameters).toContainEqual(size);
  });

  it('writes the parameters of Express paths in braces', () => {
    expect(at(document.paths, '/api/things/{thing_id}', 'delete', 'parameters')).toEqual([
      { name: 'thing_id', in: 'path', required: true, schema: { type: 'string' }, description: 'Id of a thing.' },
      { $ref: '#/components/parameters/IfMatch' },
      { $ref: '#/components/parameters/RequestId' },
    ]);
  });

  it('adds the errors that come of what a route takes', () => {
    const statuses = (path: string, method: string) =>
      Object.keys(at(document.paths, path, method, 'responses') as object);
    expect(statuses('/api/things', 'post')).toEqual([
      ...['201', '400', '401', '409', '413', '415', '422', '429', '500'],
    ]);
    expect(statuses('/api/things', 'get')).toEqual(['200', '400', '401', '422', '429', '500']);
    expect(statuses('/api/things/{thing_id}', 'delete')).toEqual([
      ...['204', '401', '403', '404', '412', '429', '500'],
    ]);
    expect(statuses('/health', 'get')).toEqual(['200', '500']);
  });

  it('asks for credentials, but not for probes', () => {
    expect(at(document.paths, '/api/things', 'get', 'security')).toEqual([{ apiKey: [] }, { bearer: [] }]);
    expect(at(document.paths, '/health', 'get', 'security')).toEqual([]);
  });

  it('refuses two operations of one id, at one place, and two DTOs of one name', () => {
    const other = (operations: FeatureDocument['operations']) => ({ tag: things.tag, operations });
    const moved = { ...create, path: '/others' };
    expect(() => documentOf(things, other([moved]))).toThrow('two operations have the id createThing');
    expect(() => documentOf(things, other([{ ...create, id: 'other' }]))).toThrow(
      'post /api/things is described twice',
    );
    const Same = { ThingDto: class ThingDto {} }.ThingDto;
    const clash = { ...moved, id: 'other', body: Same };
    expect(() => documentOf(things, other([clash]))).toThrow('two DTOs are named ThingRequest');
  });
});

describe('mountOpenApi', () => {
  let made = 0;
  const { app } = createTestApp((express) =>
    mountOpenApi(express, () => {
      made += 1;
      return documentOf(things);
    }),
  );

  it('serves the document, which it makes once', async () => {
    const { body } = await request(app)
      .get('/openapi.json')
      .expect(200)
      .expect('content-type', /application\/json/);
    await request(app).get('/openapi.json').expect(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(documentOf(things))));
    expect(made).toBe(1);
  });

  it('serves Swagger UI from this machine alone', async () => {
    const { text: page, headers } = await request(app)
      .get('/docs')
      .expect(200)
      .expect('content-type', /text\/html/);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) await request(app).get(`/${file}`).expect(200);
    expect(page).not.toMatch(/https?:/);
  });

  it('serves it below a path of a proxy too: every address is relative to the page', async () => {
    const proxied = express().use('/below/here', app);
    const pageUrl = 'http://proxy/below/here/docs';
    const { text: page } = await request(proxied).get('/below/here/docs').expect(200);
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => new URL(file, pageUrl));
    for (const { pathname } of files) await request(proxied).get(pathname).expect(200);
    const { text: script } = await request(proxied).get('/below/here/docs/initialise.js').expect(200);
    const [, document = ''] = /url: '([^']+)'/.exec(script) ?? [];
    await request(proxied).get(new URL(document, pageUrl).pathname).expect(200);
    const { headers } = await request(proxied).get('/below/here/docs/').expect(308);
    expect(new URL(String(headers['location']), `${pageUrl}/`).href).toBe(pageUrl);
  });

  it.each(['/docs/package.json', '/docs/index.html', '/docs/../package.json'])('does not serve %s', async (path) => {
    await request(app).get(path).expect(404);
  });
});
