import { API_BASE, openApiDocument, type OpenApiDocument, operationalDocument } from '@aitbc/shared-core';
import { adminDocument, apiKeyDocument, signingKeyDocument } from './admin';
import { AGENT_PREFIX } from './agent-proxy';
import { dashboardDocument } from './dashboard';
import { explorerDocument } from './explorer';
import { gpuOfferDocument } from './gpu-marketplace';
import descriptions from './field-descriptions.json';
import { delegatedJobDocument } from './job-client';
import { jobDocument } from './jobs';
import { minerDocument, minerWorkDocument } from './miners';
import { serviceDocument } from './registry';

/** What the coordinator serves, as OpenAPI 3.1. A new feature names its document here, under its mount point. */
export function coordinatorDocument(version: string): OpenApiDocument {
  return openApiDocument({
    title: 'AITBC coordinator',
    version,
    descriptions,
    description:
      'Jobs, miners and administration. Errors are problem documents (RFC 9457). ' +
      `Requests to \`${AGENT_PREFIX}\` and below it are passed on to agent-management, which describes them here too.`,
    mounts: [
      { base: '', access: 'open', features: [operationalDocument] },
      {
        base: API_BASE,
        features: [
          ...[jobDocument, minerWorkDocument, minerDocument, gpuOfferDocument, serviceDocument],
          delegatedJobDocument,
          ...[dashboardDocument, explorerDocument, adminDocument, apiKeyDocument, signingKeyDocument],
        ],
      },
    ],
  });
}
