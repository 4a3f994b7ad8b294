import type { Schemas } from '@aitbc/agent-client';
import type { Command } from 'commander';
import { ApiProblem, CliError, EXIT } from '../errors';
import { applyWorkflow, readWorkflowFile, type WorkflowFile } from '../input/workflow-file';
import { renderFields, renderTable } from '../output/table';
import { plain } from '../output/style';
import type { OpenSession, Session } from '../session';
import { type PageOf, pageOf, showPage, withPaging } from './options';
import { addRunCommand } from './run-workflow';

type Workflow = Schemas['Workflow'];
type Validation = Schemas['WorkflowValidation'];
type ListFlags = PageOf & { tags?: string; public?: boolean; owner?: string };

/** `aitbc workflows …` */
export function addWorkflowCommands(program: Command, open: OpenSession): void {
  const workflows = program.command('workflows').description('graphs of steps that can be run');
  addList(workflows, open);
  addShow(workflows, open);
  addApply(workflows, open);
  addValidate(workflows, open);
  addDelete(workflows, open);
  addRunCommand(workflows, open);
}

function addList(workflows: Command, open: OpenSession): void {
  withPaging(workflows.command('list'))
    .description('list your workflows and the public ones')
    .option('--tags <tags>', 'only those that have all of these, with commas between them')
    .option('--public', 'only public ones')
    .option('--owner <owner>', 'only those of this owner')
    .action(async (options: ListFlags, command: Command) => {
      const session = open(command);
      const query = {
        ...pageOf(options),
        tags: options.tags?.split(','),
        is_public: options.public,
        owner_id: options.owner,
      };
      showPage(session.out, await session.agents().workflows(query), [
        { title: 'WORKFLOW', value: ({ id }) => id },
        { title: 'NAME', value: ({ name }) => name },
        { title: 'VERSION', value: ({ version }) => version },
        { title: 'STEPS', value: ({ steps }) => Object.keys(steps).length },
        { title: 'TAGS', value: ({ tags }) => tags.join(', ') },
        { title: 'UPDATED', value: ({ updated_at: updated }) => updated },
      ]);
    });
}

function addShow(workflows: Command, open: OpenSession): void {
  workflows
    .command('show <workflow>')
    .description('show one workflow; with --json as `apply` takes it')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const workflow = await session.agents().workflow(id);
      session.out.result(workflow, () => `${fieldsOf(workflow)}\n\n${stepsTable(workflow)}`);
    });
}

function addApply(workflows: Command, open: OpenSession): void {
  workflows
    .command('apply <file>')
    .description('create a workflow from a JSON or YAML file, or update the one with the id in the file')
    .option('--id <workflow>', 'the workflow to update')
    .action(async (path: string, { id }: { id?: string }, command: Command) => {
      const session = open(command);
      const file = readWorkflowFile(path);
      const target = id ?? file.id;
      const workflow = await applyWorkflow(session.agents(), { ...file, ...(target !== undefined && { id: target }) });
      const done = target === undefined ? 'Created' : 'Updated';
      session.out.result(
        workflow,
        () => `${done} ${workflow.id} (${plain(workflow.name)}), version ${workflow.version}`,
      );
    });
}

function addValidate(workflows: Command, open: OpenSession): void {
  workflows
    .command('validate <file>')
    .description('check a JSON or YAML file as `apply` would, without storing it')
    .action(async (path: string, _options: object, command: Command) => {
      const session = open(command);
      const { body, locate } = readWorkflowFile(path);
      showValidation(session, await session.agents().validateWorkflow(body), locate);
    });
}

/** @throws ApiProblem for a workflow that is not valid, after its JSON was given. */
function showValidation({ out }: Session, validation: Validation, locate: WorkflowFile['locate']) {
  // A platform of an earlier release says nothing of warnings.
  for (const warning of validation.warnings ?? []) out.warn({ ...warning, at: locate(warning.pointer) });
  if (validation.valid || out.json) {
    out.result(validation, () => {
      const { execution_order: order, critical_path: path } = validation;
      return `The workflow is valid.\n${renderFields({ order: order?.join(' → '), 'critical path': path?.join(' → ') })}`;
    });
  }
  if (validation.valid) return;
  if (out.json) throw new CliError('The workflow is not valid.', EXIT.invalid);
  throw new ApiProblem(422, 'The workflow is not valid', validation.errors).locatedBy(locate);
}

function addDelete(workflows: Command, open: OpenSession): void {
  workflows
    .command('delete <workflow>')
    .description('delete a workflow')
    .option('--force', 'cancel its running executions instead of refusing')
    .action(async (id: string, { force = false }: { force?: boolean }, command: Command) => {
      const session = open(command);
      await session.agents().deleteWorkflow(id, force);
      session.out.result({ id, deleted: true }, () => `Deleted ${id}`);
    });
}

function fieldsOf(workflow: Workflow): string {
  return renderFields({
    workflow: workflow.id,
    name: workflow.name,
    description: workflow.description,
    version: workflow.version,
    public: workflow.is_public,
    tags: workflow.tags.join(', '),
    updated: workflow.updated_at,
  });
}

function stepsTable({ steps, dependencies }: Workflow): string {
  return renderTable(Object.entries(steps), [
    { title: 'STEP', value: ([id]) => id },
    { title: 'NAME', value: ([, { name }]) => name },
    { title: 'TYPE', value: ([, step]) => step.step_type },
    { title: 'AFTER', value: ([id]) => dependencies[id]?.join(', ') },
  ]);
}
