import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryLogger, routesOfApp } from '@aitbc/shared-core/testing';
import { coordinatorDocument } from '../openapi';
import { API } from '../routers';
import { composeCoordinator, type Coordinator } from './composition';
import { readCoordinatorConfiguration } from './configuration';

const MOUNT_POINTS = ['', API, `${API}/agent`];

describe('the OpenAPI document of the coordinator', () => {
  let folder: string;
  let coordinator: Coordinator;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    const config = readCoordinatorConfiguration({ DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}` }, false);
    const options = { version: '1.2.3', ownUrl: () => 'http://coordinator.test', showAdminKey: () => undefined };
    coordinator = await composeCoordinator({ ...options, config, logger: memoryLogger().logger });
  });
  afterAll(async () => {
    await coordinator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const served = (): string[] =>
    routesOfApp(coordinator.app, MOUNT_POINTS).map((route) => route.replace(/:([a-z_]+)/g, '{$1}'));
  const described = (): string[] =>
    Object.entries(coordinatorDocument('1.2.3').paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .sort();

  it('describes every route that is served', () => {
    const known = new Set(described());
    expect(served().filter((route) => !known.has(route))).toEqual([]);
  });

  it('describes no route that is not served', () => {
    const known = new Set(served());
    expect(described().filter((route) => !known.has(route))).toEqual([]);
  });
});
