import {
  API_BASE,
  type FeatureDocument,
  openApiDocument,
  type OpenApiDocument,
  operationalDocument,
  type Role,
} from '@aitbc/shared-core';
import { directoryDocument } from './agent-directory';
import { agentDocument } from './agents';
import { executionDocument } from './executions';
import descriptions from './field-descriptions.json';
import { networkDocument } from './networks';
import { serviceJobDocument } from './service-jobs';
import { receiptDocument } from './verification';
import { webhookDocument } from './webhooks';
import { workflowDocument } from './workflows';

/** The prefix of the whole API of this service, which is the seam between it and the coordinator. */
export const AGENT_API = `${API_BASE}/agent`;
/** Who may call it. */
export const AGENT_CONTEXT_ROLES: readonly Role[] = ['client', 'service', 'admin'];

/** What the service has below its prefix. A new feature names its document here. */
const features: readonly FeatureDocument[] = [
  agentDocument,
  networkDocument,
  workflowDocument,
  executionDocument,
  receiptDocument,
  webhookDocument,
  serviceJobDocument,
  directoryDocument,
];

/** What agent-management serves, as OpenAPI 3.1. */
export function agentManagementDocument(version: string): OpenApiDocument {
  return openApiDocument({
    title: 'AITBC agent management',
    version,
    descriptions,
    description: 'Agents, workflows and executions. Errors are problem documents (RFC 9457).',
    mounts: [
      { base: '', access: 'open', features: [operationalDocument] },
      { base: AGENT_API, access: AGENT_CONTEXT_ROLES, features },
    ],
  });
}
