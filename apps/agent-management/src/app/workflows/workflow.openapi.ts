import { answer, type FeatureDocument, noContent, operation, PageQuery, pageAnswer, schema } from '@aitbc/shared-core';
import { DeleteWorkflowQuery, WorkflowDto, WorkflowListQuery } from './workflow.dto';
import {
  versionSummarySchema,
  workflowSchema,
  workflowStepSchema,
  workflowValidationSchema,
  workflowVersionSchema,
} from './workflow.schema';

const { list, map, ref, text } = schema;

const parameters = { workflow_id: 'Id of a workflow.', version: 'Number of a version, from 1.' };
const dependencies = map(list(text()));
/** Fields whose rules are checked with the whole graph, later than their shape. */
const body = { dto: WorkflowDto, fields: { dependencies } };

export const workflowDocument: FeatureDocument = {
  tag: { name: 'workflows', description: 'Steps and their dependencies, in immutable versions.' },
  schemas: {
    Workflow: workflowSchema,
    WorkflowStep: workflowStepSchema,
    WorkflowVersion: workflowVersionSchema,
    WorkflowVersionSummary: versionSummarySchema,
    WorkflowValidation: workflowValidationSchema,
  },
  operations: [
    operation({
      ...{ method: 'post', path: '/workflows', id: 'createWorkflow', summary: 'Creates a workflow' },
      idempotent: true,
      body,
      responses: { 201: answer('The workflow in its first version.', ref('Workflow'), 'Location', 'ETag') },
    }),
    operation({
      ...{ method: 'get', path: '/workflows', id: 'listWorkflows', summary: "The caller's and public workflows" },
      query: WorkflowListQuery,
      responses: { 200: pageAnswer('By id; a page ends early when its workflows are large.', ref('Workflow')) },
    }),
    operation({
      ...{ method: 'post', path: '/workflows/validate', id: 'validateWorkflow', summary: 'Checks, stores nothing' },
      description: '200 whatever is wrong with the workflow: the answer is about it, not about the request.',
      body,
      responses: { 200: answer('What is wrong, and how it would run.', ref('WorkflowValidation')) },
    }),
    operation({
      ...{ method: 'get', path: '/workflows/:workflow_id', id: 'getWorkflow', summary: 'One workflow' },
      parameters,
      responses: { 200: answer('With its current version.', ref('Workflow'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'put', path: '/workflows/:workflow_id', id: 'updateWorkflow', summary: 'Makes a new version' },
      description: 'The body is the whole workflow. Nothing changes when it is what is stored already.',
      parameters,
      ifMatch: true,
      body,
      responses: { 200: answer('With the version that is current now.', ref('Workflow'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'delete', path: '/workflows/:workflow_id', id: 'deleteWorkflow', summary: 'Hides it for good' },
      parameters,
      ifMatch: true,
      query: DeleteWorkflowQuery,
      responses: { 204: noContent('It is gone; executions keep their version.') },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'get', path: '/workflows/:workflow_id/versions', id: 'listWorkflowVersions' },
      summary: 'Its versions',
      parameters,
      query: PageQuery,
      responses: { 200: pageAnswer('Versions without their definitions.', ref('WorkflowVersionSummary')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/workflows/:workflow_id/versions/:version', id: 'getWorkflowVersion' },
      summary: 'One version',
      parameters,
      responses: { 200: answer('The version, whole.', ref('WorkflowVersion')) },
      errors: ['not_found'],
    }),
  ],
};
