import { documentFaults, validateOpenApi } from '@aitbc/shared-core/testing';
import { AGENT_API, agentManagementDocument } from '../openapi';
import { openAgentManagement, type OpenAgentManagement } from './testing/open-agent-management';

describe('the OpenAPI document of agent-management', () => {
  const document = agentManagementDocument('1.2.3');
  let opened: OpenAgentManagement;
  beforeAll(async () => (opened = await openAgentManagement()));
  afterAll(() => opened.close());

  it('describes what is served and nothing else, and refers to nothing that is not in it', () => {
    expect(documentFaults(document, opened.service.app, ['', AGENT_API])).toEqual([]);
    expect(Object.keys(document.paths).length).toBeGreaterThan(30);
  });

  it('is valid OpenAPI 3.1', async () => {
    expect(await validateOpenApi(document)).toEqual({ valid: true, version: '3.1', errors: [] });
  });
});
