import {
  answerToKeep,
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  pageRequestOf,
  principalOf,
  queryOf,
  sendAnswer,
  sendPage,
  signalOf,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { costBody } from './cost/cost.view';
import { ExecuteDto, ExecutionListQuery, ExecutionWaitQuery } from './execution.dto';
import type { ExecutionService, StartedExecution } from './execution.service';
import { logsBody, startedBody, statusBody, summaryBody } from './execution.view';
import type { ExecutionWaits } from './news/execution-waits';

type WorkflowParams = { workflow_id: string };
type ExecutionParams = { execution_id: string };

/** `/workflows/{id}/execute` and `/executions` of the agent context. Stands after `authenticate`. */
export function createExecutionRouter(
  service: ExecutionService,
  waits: ExecutionWaits,
  records: IdempotencyRecords,
): Router {
  const router = Router();
  addStart(router, service, records);
  router.get('/executions', validateQuery(ExecutionListQuery), async (req, res) => {
    const query = queryOf(req, ExecutionListQuery);
    const filter = { workflowId: query.workflow_id, status: query.status };
    sendPage(res, await service.list(principalOf(req), filter, pageRequestOf(query)), summaryBody);
  });
  router.get(
    ['/executions/:execution_id', '/executions/:execution_id/status'],
    validateQuery(ExecutionWaitQuery),
    async (req: Request<ExecutionParams>, res) => {
      const { wait: seconds, since, until } = queryOf(req, ExecutionWaitQuery);
      const patience = { seconds, since, untilFinal: until === 'final', signal: signalOf(req) };
      const { record, version } = await waits.get(principalOf(req), req.params.execution_id, patience);
      res.json(statusBody(record, version));
    },
  );
  router.get('/executions/:execution_id/logs', async (req: Request<ExecutionParams>, res) => {
    const { record, version } = await service.get(principalOf(req), req.params.execution_id);
    res.json(logsBody(record, version));
  });
  router.get('/executions/:execution_id/cost', async (req: Request<ExecutionParams>, res) => {
    const { record } = await service.get(principalOf(req), req.params.execution_id);
    res.json(costBody(record));
  });
  return router;
}

function addStart(router: Router, service: ExecutionService, records: IdempotencyRecords): void {
  router.post(
    '/workflows/:workflow_id/execute',
    idempotent(records),
    validateBody(ExecuteDto),
    async (req: Request<WorkflowParams>, res) => {
      const answer = ({ execution, estimate }: StartedExecution) => ({
        status: 202,
        location: `${req.baseUrl}/executions/${execution.id}`,
        body: startedBody(execution, estimate),
      });
      const { workflow_id } = req.params;
      const request = bodyOf(req, ExecuteDto);
      sendAnswer(res, answer(await service.start(principalOf(req), workflow_id, request, answerToKeep(req, answer))));
    },
  );
}
