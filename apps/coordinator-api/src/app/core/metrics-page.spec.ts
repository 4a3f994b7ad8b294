import { documentedMetrics, metricsTable } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

describe('docs/metrics.md', () => {
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  it('lists each metric of ours with its type and meaning', async () => {
    const { text } = await request(opened.service.app).get('/metrics').expect(200);
    expect(documentedMetrics('coordinator-api')).toBe(metricsTable(text));
    expect(text).toContain('aitbc_agent_directory_fallbacks_total');
  });

  it('is right about the lag of the event loop', async () => {
    const { text } = await request(opened.service.app).get('/metrics').expect(200);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  });
});
