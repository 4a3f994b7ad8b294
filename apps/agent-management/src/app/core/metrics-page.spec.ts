import { documentedMetrics, metricsTable } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { openAgentManagement, type OpenAgentManagement } from './testing/open-agent-management';

describe('docs/metrics.md', () => {
  let opened: OpenAgentManagement;
  beforeAll(async () => (opened = await openAgentManagement()));
  afterAll(() => opened.close());

  it('lists each metric of ours with its type and meaning', async () => {
    const { text } = await request(opened.service.app).get('/metrics').expect(200);
    expect(documentedMetrics('agent-management')).toBe(metricsTable(text));
    expect(text).toContain('aitbc_executions_due');
  });
});
