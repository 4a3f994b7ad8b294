import {
  AppError,
  type Database,
  type Expected,
  type ExpectedStatement,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import { type AIAgentWorkflow, nextUpdate } from '@aitbc/shared-domain';
import type { RunningExecutions } from './running-executions.port';
import type { WorkflowDefinition, WorkflowVersion } from './workflow-definition';
import { workflowHash } from './workflow-document';
import type { WorkflowFilter } from './workflow-list';
import { type JudgedWorkflow, WorkflowValidator } from './workflow-validator';
import type { WorkflowDto } from './workflow.dto';
import { unchangedStatement } from './workflow-reads';
import { type VersionSummary, WorkflowRepository } from './workflow.repository';

/** Characters of JSON after which a page of a list ends. */
const MAX_PAGE_WEIGHT = 4 * 1_048_576;

/** A workflow with one of its versions, as it is answered. */
export interface WorkflowWithVersion {
  readonly workflow: AIAgentWorkflow;
  readonly version: WorkflowVersion;
}

/**
 * The use cases of workflows. A workflow is visible to its owner, to admins, and when it is public to everybody; changed
 * only by its owner and admins. All checks of a definition come before the unit of work that stores it.
 */
export class WorkflowService {
  constructor(
    private readonly db: Database,
    private readonly repository: WorkflowRepository,
    private readonly validator: WorkflowValidator,
    private readonly executions: RunningExecutions,
    private readonly now: () => number = Date.now,
  ) {}

  /** What `create` would refuse, and what else can be said of it; stores nothing. */
  judge(request: WorkflowDto): Promise<JudgedWorkflow> {
    return this.validator.judge(request);
  }

  /**
   * @param within awaited in the unit of work that stores it.
   * @throws AppError `validation_failed`; then nothing is stored.
   */
  async create(
    principal: Principal,
    request: WorkflowDto,
    within?: Within<WorkflowWithVersion>,
  ): Promise<WorkflowWithVersion> {
    const definition = await this.accepted(request);
    const at = this.now();
    const workflow: AIAgentWorkflow = {
      id: newId('wf'),
      ownerId: principal.subject,
      isPublic: request.is_public,
      currentVersion: 1,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    const created = { workflow, version: newVersion(workflow, definition, at) };
    await this.db.write(async () => {
      await this.repository.insert(workflow, created.version);
      await within?.(created);
    });
    return created;
  }

  /**
   * Replaces the definition: a new immutable version becomes the current one, unless nothing in it differs.
   * @param expected refuses a version that the caller does not know (`precondition_failed`).
   * @throws AppError `not_found`, `validation_failed`; then nothing is stored.
   */
  async update(
    principal: Principal,
    id: string,
    request: WorkflowDto,
    expected?: Expected<WorkflowWithVersion>,
  ): Promise<WorkflowWithVersion> {
    await this.changeable(principal, id);
    const definition = await this.accepted(request);
    // Read again inside: between the checks and this unit somebody may have made a version or deleted the workflow.
    return this.db.write(async () => {
      const workflow = await this.changeable(principal, id);
      const current = await this.currentVersion(workflow);
      expected?.({ workflow, version: current });
      const next = { ...workflow, currentVersion: workflow.currentVersion + 1, isPublic: request.is_public };
      const version = newVersion(next, definition, this.now());
      const unchanged = version.workflowHash === current.workflowHash;
      if (unchanged && workflow.isPublic === request.is_public) return { workflow, version: current };
      if (!unchanged) await this.repository.insertVersion(version);
      const kept = unchanged ? current : version;
      const changes = { currentVersion: kept.version, isPublic: request.is_public, updatedAt: this.updateOf(workflow) };
      await this.repository.update(id, changes);
      return { workflow: { ...workflow, ...changes }, version: kept };
    });
  }

  /**
   * Hides the workflow for good; versions stay for the executions that ran them. An execution begins in a unit that
   * reads the workflow ({@link stillExecutable}), so it comes wholly before this unit and is counted, or after it and
   * finds nothing.
   * @param expected refuses a version that the caller does not know (`precondition_failed`).
   * @throws AppError `not_found`; `conflict` while executions run, unless `force` cancels them.
   */
  async delete(
    principal: Principal,
    id: string,
    force: boolean,
    expected?: Expected<WorkflowWithVersion>,
  ): Promise<void> {
    await this.db.write(async () => {
      const workflow = await this.changeable(principal, id);
      expected?.({ workflow, version: await this.currentVersion(workflow) });
      const at = this.updateOf(workflow);
      await this.repository.update(id, { deletedAt: at, updatedAt: at });
      const running = await this.executions.count(id);
      if (running === 0) return;
      if (!force)
        throw new AppError('conflict', `${running} executions of it are running: cancel them, or use force=true`);
      await this.executions.cancelAll(id);
    });
  }

  /** @throws AppError `not_found`. */
  async get(principal: Principal, id: string): Promise<WorkflowWithVersion> {
    const workflow = await this.visible(principal, id);
    return { workflow, version: await this.currentVersion(workflow) };
  }

  /** A page ends early when its workflows are large; `lastId` then leads on all the same. */
  async list(principal: Principal, filter: WorkflowFilter, page: PageRequest): Promise<Page<WorkflowWithVersion>> {
    const { items, lastId, total } = await this.repository.list(principal, filter, page);
    const keys = items.map(({ id, currentVersion }) => ({ workflowId: id, version: currentVersion }));
    const versions = await this.repository.loadFirst(keys, MAX_PAGE_WEIGHT);
    const byId = new Map(items.map((workflow) => [workflow.id, workflow]));
    const found = versions.flatMap((version) => {
      const workflow = byId.get(version.workflowId);
      return workflow ? [{ workflow, version }] : [];
    });
    const cut = found.length < items.length;
    return { items: found, lastId: cut ? found.at(-1)?.workflow.id : lastId, total };
  }

  /** @throws AppError `not_found`. */
  async versions(principal: Principal, id: string, page: PageRequest): Promise<Page<VersionSummary>> {
    await this.visible(principal, id);
    return this.repository.versions(id, page);
  }

  /** @throws AppError `not_found` when there is no such workflow or it has no such version. */
  async version(principal: Principal, id: string, version: number): Promise<WorkflowWithVersion> {
    const workflow = await this.visible(principal, id);
    const found = await this.repository.loadVersion(id, version);
    if (!found) throw notFound('version', String(version));
    return { workflow, version: found };
  }

  /**
   * The definition that a new execution runs: the given version, or the current one. Unless it is called inside the unit
   * that inserts the execution, the workflow could be deleted between the two: then that unit asks {@link stillExecutable}.
   * @throws AppError `not_found` when the principal may not see the workflow, it is deleted, or has no such version.
   */
  forExecution(principal: Principal, workflowId: string, version?: number): Promise<WorkflowWithVersion> {
    return version === undefined ? this.get(principal, workflowId) : this.version(principal, workflowId, version);
  }

  /**
   * Whether workflows that were looked at before ({@link forExecution}) may still be executed: one statement for all, and a
   * function that throws `not_found` where one was deleted or hidden meanwhile. To be called inside the unit that stores
   * the executions.
   */
  async stillExecutable(ids: readonly string[]): Promise<(principal: Principal, id: string) => void> {
    const found = await this.repository.findAll(ids);
    return (principal, id) => assertVisible(principal, found.get(id), id);
  }

  /** The same for `Database.writeAtOnce`: not as expected when one of them was changed at all since it was looked at. */
  unchanged(workflows: readonly AIAgentWorkflow[]): ExpectedStatement {
    return unchangedStatement(this.db.engine, workflows);
  }

  private updateOf({ updatedAt }: AIAgentWorkflow): number {
    return nextUpdate(updatedAt, this.now());
  }

  private async accepted(request: WorkflowDto): Promise<WorkflowDefinition> {
    const { definition, problems } = await this.validator.check(request);
    if (problems.length > 0) throw validationFailed(problems);
    return definition;
  }

  private async visible(principal: Principal, id: string): Promise<AIAgentWorkflow> {
    const workflow = await this.repository.find(id);
    assertVisible(principal, workflow, id);
    return workflow;
  }

  private async changeable(principal: Principal, id: string): Promise<AIAgentWorkflow> {
    const workflow = await this.repository.find(id);
    if (!workflow || !mayChange(principal, workflow)) throw notFound('workflow', id);
    return workflow;
  }

  private async currentVersion({ id, currentVersion }: AIAgentWorkflow): Promise<WorkflowVersion> {
    const version = await this.repository.loadVersion(id, currentVersion);
    if (!version) throw new Error(`workflow ${id} has lost its version ${currentVersion}`);
    return version;
  }
}

function newVersion(workflow: AIAgentWorkflow, definition: WorkflowDefinition, createdAt: number): WorkflowVersion {
  const { id: workflowId, currentVersion: version } = workflow;
  return { ...definition, workflowId, version, workflowHash: workflowHash(definition), createdAt };
}

function assertVisible(
  principal: Principal,
  workflow: AIAgentWorkflow | undefined,
  id: string,
): asserts workflow is AIAgentWorkflow {
  if (!workflow || !(workflow.isPublic || mayChange(principal, workflow))) throw notFound('workflow', id);
}

function mayChange({ role, subject }: Principal, { ownerId }: AIAgentWorkflow): boolean {
  return role === 'admin' || ownerId === subject;
}
