import { API_BASE } from '@aitbc/shared-core';
import { documentFaults, validateOpenApi } from '@aitbc/shared-core/testing';
import { coordinatorDocument } from '../openapi';
import { openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

describe('the OpenAPI document of the coordinator', () => {
  const document = coordinatorDocument('1.2.3');
  let opened: OpenCoordinator;
  beforeAll(async () => (opened = await openCoordinator()));
  afterAll(() => opened.close());

  it('describes what is served and nothing else, and refers to nothing that is not in it', () => {
    expect(documentFaults(document, opened.service.app, ['', API_BASE])).toEqual([]);
    expect(Object.keys(document.paths).length).toBeGreaterThan(30);
  });

  it('is valid OpenAPI 3.1', async () => {
    expect(await validateOpenApi(document)).toEqual({ valid: true, version: '3.1', errors: [] });
  });
});
