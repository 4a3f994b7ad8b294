import { openApiDocument, type OpenApiDocument, operationalDocument } from '@aitbc/shared-core';
import { adminDocument, apiKeyDocument, signingKeyDocument } from './admin';
import { agentContextDocuments } from './agent-context';
import { dashboardDocument } from './dashboard';
import { explorerDocument } from './explorer';
import { gpuOfferDocument } from './gpu-marketplace';
import descriptions from './field-descriptions.json';
import { delegatedJobDocument } from './job-client';
import { jobDocument } from './jobs';
import { minerDocument, minerWorkDocument } from './miners';
import { serviceDocument } from './registry';
import { AGENT_CONTEXT_ROLES, API } from './routers';

/** What the coordinator serves, as OpenAPI 3.1. A new feature names its document here, under its mount point. */
export function coordinatorDocument(version: string): OpenApiDocument {
  return openApiDocument({
    title: 'AITBC coordinator',
    version,
    descriptions,
    description:
      'Agents, workflows and executions under `/api/v1/agent`; jobs, miners and administration under `/api/v1`. Errors are problem documents (RFC 9457).',
    mounts: [
      { base: '', access: 'open', features: [operationalDocument] },
      { base: `${API}/agent`, access: AGENT_CONTEXT_ROLES, features: agentContextDocuments },
      {
        base: API,
        features: [
          ...[jobDocument, minerWorkDocument, minerDocument, gpuOfferDocument, serviceDocument],
          delegatedJobDocument,
          ...[dashboardDocument, explorerDocument, adminDocument, apiKeyDocument, signingKeyDocument],
        ],
      },
    ],
  });
}
