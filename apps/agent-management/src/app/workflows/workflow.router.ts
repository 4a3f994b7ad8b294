import {
  AppError,
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  ifMatch,
  keepAnswer,
  notFound,
  PageQuery,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  validateBody,
  validateDto,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, type Response, Router } from 'express';
import { DeleteWorkflowQuery, WorkflowDto, WorkflowListQuery } from './workflow.dto';
import type { WorkflowService, WorkflowWithVersion } from './workflow.service';
import {
  malformedBody,
  validationBody,
  versionBody,
  versionSummaryBody,
  workflowBody,
  workflowEtag,
  workflowText,
} from './workflow.view';

type WorkflowParams = { workflow_id: string };
type VersionParams = { workflow_id: string; version: string };

/** `/workflows` of the agent context. Stands after `authenticate`. */
export function createWorkflowRouter(service: WorkflowService, records: IdempotencyRecords): Router {
  const router = Router();
  addCollection(router, service, records);
  addWorkflow(router, service);
  addVersions(router, service);
  return router;
}

function addCollection(router: Router, service: WorkflowService, records: IdempotencyRecords): void {
  router.post('/workflows', idempotent(records), validateBody(WorkflowDto), async (req, res) => {
    const answer = (created: WorkflowWithVersion) => ({
      status: 201,
      location: `${req.baseUrl}/workflows/${created.workflow.id}`,
      etag: workflowEtag(created),
      body: workflowBody(created),
    });
    const request = bodyOf(req, WorkflowDto);
    sendAnswer(res, answer(await service.create(principalOf(req), request, keepAnswer(req, answer))));
  });
  router.get('/workflows', validateQuery(WorkflowListQuery), async (req, res) => {
    const query = queryOf(req, WorkflowListQuery);
    const filter = { ownerId: query.owner_id, isPublic: query.is_public, tags: query.tags };
    sendPage(res, await service.list(principalOf(req), filter, pageRequestOf(query)), workflowBody);
  });
  // 200 whatever is wrong with the workflow: the answer is about it, not about the request.
  router.post('/workflows/validate', async (req, res) => {
    principalOf(req);
    const request = parseWorkflow(req.body);
    res.json(request instanceof WorkflowDto ? validationBody(await service.judge(request)) : malformedBody(request));
  });
}

function addWorkflow(router: Router, service: WorkflowService): void {
  router.get('/workflows/:workflow_id', async (req: Request<WorkflowParams>, res) => {
    sendWorkflow(res, await service.get(principalOf(req), req.params.workflow_id));
  });
  router.put('/workflows/:workflow_id', validateBody(WorkflowDto), async (req: Request<WorkflowParams>, res) => {
    const { workflow_id } = req.params;
    const expected = ifMatch(req, workflowEtag);
    sendWorkflow(res, await service.update(principalOf(req), workflow_id, bodyOf(req, WorkflowDto), expected));
  });
  router.delete(
    '/workflows/:workflow_id',
    validateQuery(DeleteWorkflowQuery),
    async (req: Request<WorkflowParams>, res) => {
      const { force } = queryOf(req, DeleteWorkflowQuery);
      await service.delete(principalOf(req), req.params.workflow_id, force, ifMatch(req, workflowEtag));
      res.status(204).end();
    },
  );
}

function sendWorkflow(res: Response, workflow: WorkflowWithVersion): void {
  res.set('ETag', workflowEtag(workflow)).type('json').send(workflowText(workflow));
}

function addVersions(router: Router, service: WorkflowService): void {
  router.get(
    '/workflows/:workflow_id/versions',
    validateQuery(PageQuery),
    async (req: Request<WorkflowParams>, res) => {
      const page = pageRequestOf(queryOf(req, PageQuery));
      sendPage(res, await service.versions(principalOf(req), req.params.workflow_id, page), versionSummaryBody);
    },
  );
  router.get('/workflows/:workflow_id/versions/:version', async (req: Request<VersionParams>, res) => {
    const { workflow_id, version } = req.params;
    // Another spelling of a number (`01`, `1.0`) is another path, and leads nowhere.
    if (!/^[1-9]\d{0,8}$/.test(version)) throw notFound('version', version);
    res.json(versionBody(await service.version(principalOf(req), workflow_id, Number(version))));
  });
}

/** The DTO, or what is wrong with the shape of the body. */
function parseWorkflow(body: unknown): WorkflowDto | AppError['fields'] {
  try {
    return validateDto(WorkflowDto, body ?? {});
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return error.fields;
    throw error;
  }
}
