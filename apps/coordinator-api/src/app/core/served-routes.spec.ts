import { routesOfApp, validateOpenApi } from '@aitbc/shared-core/testing';
import { coordinatorDocument } from '../openapi';
import { API } from '../routers';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const MOUNT_POINTS = ['', API, `${API}/agent`];

describe('the OpenAPI document of the coordinator', () => {
  const document = coordinatorDocument('1.2.3');
  const text = JSON.stringify(document);
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  const served = (): string[] =>
    routesOfApp(opened.coordinator.app, MOUNT_POINTS).map((route) => route.replace(/:([a-z_]+)/g, '{$1}'));
  const described = (): string[] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );

  it('describes every route that is served', () => {
    const known = new Set(described());
    expect(served().filter((route) => !known.has(route))).toEqual([]);
  });

  it('describes no route that is not served', () => {
    const known = new Set(served());
    expect(described().filter((route) => !known.has(route))).toEqual([]);
  });

  it('is valid OpenAPI 3.1', async () => {
    expect(await validateOpenApi(document)).toEqual({ valid: true, version: '3.1', errors: [] });
  });

  it('refers to nothing that is not in it', () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    const parts = document.components as Readonly<Record<string, object>>;
    const broken = references.filter(([, kind = '', name = '']) => !(name in (parts[kind] ?? {})));
    expect(references.length).toBeGreaterThan(100);
    expect(broken.map(([reference]) => reference)).toEqual([]);
  });

  it('has a schema for every rule of its DTOs', () => {
    expect([...text.matchAll(/"x-undocumented-rule":"(\w+)"/g)].map(([, rule]) => rule)).toEqual([]);
  });
});
