import { etagOf, type FieldError, timeText } from '@aitbc/shared-core';
import type { WorkflowVersion } from './workflow-definition';
import { documentOf } from './workflow-document';
import type { VersionSummary } from './workflow.repository';
import type { WorkflowWithVersion } from './workflow.service';
import type { JudgedWorkflow } from './workflow-validator';

/** Of the workflow with its current version: it changes with every update. */
export function workflowEtag({ workflow: { currentVersion, updatedAt } }: WorkflowWithVersion): string {
  return etagOf(`${currentVersion}-${updatedAt}`);
}

/** A workflow as it is answered on create, read, update and in lists: whole, with its current version. */
export function workflowBody({ workflow, version }: WorkflowWithVersion) {
  return {
    id: workflow.id,
    owner_id: workflow.ownerId,
    ...documentOf(version),
    is_public: workflow.isPublic,
    version: version.version,
    workflow_hash: version.workflowHash,
    created_at: timeText(workflow.createdAt),
    updated_at: timeText(workflow.updatedAt),
  };
}

/** Longest text that is kept with its version in memory. */
const MAX_KEPT_TEXT = 16_384;
const texts = new WeakMap<WorkflowVersion, { readonly state: string; readonly text: string }>();

/**
 * The JSON of {@link workflowBody}. Kept for as long as the version is in memory: it is read far more often than it
 * changes, and making it anew took a tenth of a read.
 */
export function workflowText(found: WorkflowWithVersion): string {
  const { workflow, version } = found;
  const state = `${workflow.id} ${workflow.isPublic} ${workflow.updatedAt}`;
  const known = texts.get(version);
  if (known?.state === state) return known.text;
  const text = JSON.stringify(workflowBody(found));
  if (text.length <= MAX_KEPT_TEXT) texts.set(version, { state, text });
  return text;
}

/** One version: `created_at` is when the version was made. */
export function versionBody({ workflow, version }: WorkflowWithVersion) {
  return {
    workflow_id: workflow.id,
    owner_id: workflow.ownerId,
    ...documentOf(version),
    version: version.version,
    workflow_hash: version.workflowHash,
    created_at: timeText(version.createdAt),
  };
}

/** An entry in the list of versions. */
export function versionSummaryBody(version: VersionSummary) {
  return {
    workflow_id: version.workflowId,
    version: version.version,
    name: version.name,
    workflow_hash: version.workflowHash,
    created_at: timeText(version.createdAt),
  };
}

/**
 * The answer of `POST /workflows/validate`. `critical_path` is the chain with the greatest sum of `timeout_seconds`,
 * which is `critical_path_seconds`; the three are null when the dependencies make no sound graph.
 */
export function validationBody({ problems, warnings, schedule }: JudgedWorkflow) {
  return {
    valid: problems.length === 0,
    errors: problems,
    warnings,
    execution_order: schedule?.executionOrder ?? null,
    critical_path: schedule?.criticalPath ?? null,
    critical_path_seconds: schedule?.criticalPathSeconds ?? null,
  };
}

/** The same answer for a body that has not even the shape of a workflow. */
export function malformedBody(errors: readonly FieldError[]) {
  return {
    valid: false,
    errors,
    warnings: [],
    execution_order: null,
    critical_path: null,
    critical_path_seconds: null,
  };
}
