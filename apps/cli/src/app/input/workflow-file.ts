import { existsSync } from 'node:fs';
import type { ApiClient } from '../api-client';
import type { Workflow } from '../api-types';
import { ApiProblem, CliError, EXIT } from '../errors';
import type { JsonRecord } from '../json';
import { readDocument, type SourceDocument } from './document';

/** What the platform adds to a workflow: a file may have it, so that what `show --json` gave can be applied again. */
const ADDED_BY_PLATFORM = ['id', 'owner_id', 'version', 'workflow_hash', 'created_at', 'updated_at'];

/** A workflow in a file. */
export interface WorkflowFile {
  /** The workflow that it is a newer text of. */
  readonly id?: string;
  readonly body: JsonRecord;
  readonly locate: SourceDocument['locate'];
}

/** @throws CliError when the file cannot be read, or its `id` is none. */
export function readWorkflowFile(file: string): WorkflowFile {
  const { value, locate } = readDocument(file);
  const { id } = value;
  if (id !== undefined && typeof id !== 'string') {
    throw new CliError(`${locate('/id') ?? file}: the id must be a string.`, EXIT.usage);
  }
  const body = Object.fromEntries(Object.entries(value).filter(([name]) => !ADDED_BY_PLATFORM.includes(name)));
  return { ...(id !== undefined && { id }), body, locate };
}

/**
 * Creates the workflow, or updates the one with the id.
 * @throws ApiProblem whose fields tell their places in the file.
 */
export async function applyWorkflow(api: ApiClient, { id, body, locate }: WorkflowFile): Promise<Workflow> {
  try {
    return await (id === undefined ? api.createWorkflow(body) : api.updateWorkflow(id, body));
  } catch (error) {
    throw error instanceof ApiProblem ? error.locatedBy(locate) : error;
  }
}

/** Whether an argument names a file and not a workflow; ids have no dots and slashes. */
export function isFileName(text: string): boolean {
  return text === '-' || /[./\\]/.test(text) || existsSync(text);
}
