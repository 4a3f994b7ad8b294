import { bodyOf, pageRequestOf, principalOf, queryOf, sendPage, validateBody, validateQuery } from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { CancelDto, ExecuteDto, ExecutionListQuery } from './execution.dto';
import type { ExecutionService } from './execution.service';
import { logsBody, startedBody, statusBody, summaryBody } from './execution.view';

type WorkflowParams = { workflow_id: string };
type ExecutionParams = { execution_id: string };

/** `/workflows/{id}/execute` and `/executions` of the agent context. Stands after `authenticate`. */
export function createExecutionRouter(service: ExecutionService): Router {
  const router = Router();
  router.post(
    '/workflows/:workflow_id/execute',
    validateBody(ExecuteDto),
    async (req: Request<WorkflowParams>, res) => {
      const request = bodyOf(req, ExecuteDto);
      const { execution, estimate } = await service.start(principalOf(req), req.params.workflow_id, request);
      const location = `${req.baseUrl}/executions/${execution.id}`;
      res.status(202).location(location).json(startedBody(execution, estimate));
    },
  );
  router.get('/executions', validateQuery(ExecutionListQuery), async (req, res) => {
    const query = queryOf(req, ExecutionListQuery);
    const filter = { workflowId: query.workflow_id, status: query.status };
    sendPage(res, await service.list(principalOf(req), filter, pageRequestOf(query)), summaryBody);
  });
  router.get(
    ['/executions/:execution_id', '/executions/:execution_id/status'],
    async (req: Request<ExecutionParams>, res) => {
      const { record, version } = await service.get(principalOf(req), req.params.execution_id);
      res.json(statusBody(record, version));
    },
  );
  router.get('/executions/:execution_id/logs', async (req: Request<ExecutionParams>, res) => {
    const { record, version } = await service.get(principalOf(req), req.params.execution_id);
    res.json(logsBody(record, version));
  });
  router.post(
    '/executions/:execution_id/cancel',
    validateBody(CancelDto),
    async (req: Request<ExecutionParams>, res) => {
      const { reason } = bodyOf(req, CancelDto);
      const { record, version } = await service.cancel(principalOf(req), req.params.execution_id, reason);
      res.json(statusBody(record, version));
    },
  );
  return router;
}
