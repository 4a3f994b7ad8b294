import type { Schemas } from '@aitbc/agent-client';
import { existsSync } from 'node:fs';
import type { AgentCalls } from '../api/agent-calls';
import { ApiProblem, CliError, EXIT } from '../errors';
import { readDocument, type SourceDocument } from './document';

/** What the platform adds to a workflow: a file may have it, so that what `show --json` gave can be applied again. */
const ADDED_BY_PLATFORM = ['id', 'owner_id', 'version', 'workflow_hash', 'created_at', 'updated_at'];

/** A workflow in a file. */
export interface WorkflowFile {
  /** The workflow that it is a newer text of. */
  readonly id?: string;
  /** As the file has it: whether it is a workflow is for the platform to judge. */
  readonly body: Schemas['WorkflowRequest'];
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
  return { ...(id !== undefined && { id }), body: body as WorkflowFile['body'], locate };
}

/**
 * Creates the workflow, or updates the one with the id.
 * @throws ApiProblem whose fields tell their places in the file.
 */
export async function applyWorkflow(
  agents: AgentCalls,
  { id, body, locate }: WorkflowFile,
): Promise<Schemas['Workflow']> {
  try {
    return await (id === undefined ? agents.createWorkflow(body) : agents.updateWorkflow(id, body));
  } catch (error) {
    throw error instanceof ApiProblem ? error.locatedBy(locate) : error;
  }
}

/** Whether an argument names a file and not a workflow; ids have no dots and slashes. */
export function isFileName(text: string): boolean {
  return text === '-' || /[./\\]/.test(text) || existsSync(text);
}
