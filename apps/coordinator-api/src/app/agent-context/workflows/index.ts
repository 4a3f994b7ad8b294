export { providerOf, serviceTypeOf } from './rules/config-rules';
export type { RunningExecutions } from './running-executions.port';
export { VersionCache } from './version-cache';
export type { WorkflowVersion } from './workflow-definition';
export { WorkflowRepository } from './workflow.repository';
export { createWorkflowRouter } from './workflow.router';
export { WorkflowService } from './workflow.service';
export { WorkflowValidator } from './workflow-validator';
export { workflowHash } from './workflow-document';
