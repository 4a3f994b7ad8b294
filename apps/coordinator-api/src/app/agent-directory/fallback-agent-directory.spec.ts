import type { AgentDirectory } from '@aitbc/contracts';
import { AppError } from '@aitbc/shared-core';
import { createTestApp, memoryLogger } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { TestAgents } from '../testing/coordinator-app';
import { FallbackAgentDirectory } from './fallback-agent-directory';

const AWAY = new AppError('dependency_unavailable', 'the agent service does not answer');
const PAGE = { limit: 1, beforeId: undefined, withCount: true };

function opened() {
  const { logger, lines } = memoryLogger();
  const service = new TestAgents();
  const database = new TestAgents();
  database.figures = { registered: 7, active: 7, online: 7 };
  const directory = new FallbackAgentDirectory({ service, database, logger });
  const { app } = createTestApp((routes) => {
    routes.get('/counts', async (_req, res) => void res.json(await directory.counts()));
  });
  return { service, database, directory, lines, counts: () => request(app).get('/counts') };
}

describe('the directory of agents with the shared database behind it', () => {
  it('gives what the agent service says, and no hint of another source', async () => {
    const { service, counts } = opened();
    const { body, headers } = await counts().expect(200);
    expect(body).toEqual(service.figures);
    expect(headers).not.toHaveProperty('x-data-source');
  });

  it('reads the database while the service is away, and says so', async () => {
    const { service, database, counts } = opened();
    service.failure = AWAY;
    const { body, headers } = await counts().expect(200);
    expect(body).toEqual(database.figures);
    expect(headers['x-data-source']).toBe('shared-db');
    service.failure = undefined;
    expect((await counts().expect(200)).headers).not.toHaveProperty('x-data-source');
  });

  it('falls back for every question, outside of requests too', async () => {
    const { service, directory } = opened();
    service.failure = AWAY;
    const questions: ((agents: AgentDirectory) => Promise<unknown>)[] = [
      (agents) => agents.find('agent_1'),
      (agents) => agents.counts(),
      (agents) => agents.receipts(PAGE),
    ];
    for (const ask of questions) await ask(directory);
    const [metric] = directory.metrics;
    expect(await metric?.collect()).toEqual([{ value: 3 }]);
  });

  it('fails as the service did when the database cannot tell either', async () => {
    const { service, database, directory } = opened();
    service.failure = AWAY;
    database.failure = AWAY;
    await expect(directory.counts()).rejects.toMatchObject({ code: 'dependency_unavailable' });
  });

  it('passes on what is no absence', async () => {
    const { service, directory } = opened();
    service.failure = new AppError('validation_failed', 'no such page');
    await expect(directory.receipts(PAGE)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('logs that the service is away once, and once that it is back', async () => {
    const { service, directory, lines } = opened();
    service.failure = AWAY;
    for (let n = 0; n < 3; n += 1) await directory.counts();
    service.failure = undefined;
    for (let n = 0; n < 3; n += 1) await directory.counts();
    expect(lines.map(({ level, event }) => [level, event])).toEqual([
      ['warn', 'agent_service_away'],
      ['info', 'agent_service_back'],
    ]);
  });
});
