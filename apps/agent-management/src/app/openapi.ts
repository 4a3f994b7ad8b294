import type { FeatureDocument } from '@aitbc/shared-core';
import { directoryDocument } from './agent-directory';
import { agentDocument } from './agents';
import { executionDocument } from './executions';
import { networkDocument } from './networks';
import { serviceJobDocument } from './service-jobs';
import { receiptDocument } from './verification';
import { webhookDocument } from './webhooks';
import { workflowDocument } from './workflows';

/** What the agent context serves below its prefix. A new feature names its document here. */
export const agentContextDocuments: readonly FeatureDocument[] = [
  agentDocument,
  networkDocument,
  workflowDocument,
  executionDocument,
  receiptDocument,
  webhookDocument,
  serviceJobDocument,
  directoryDocument,
];
