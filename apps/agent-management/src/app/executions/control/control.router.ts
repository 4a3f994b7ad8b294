import { isSignalName, type NewSignal } from '@aitbc/execution-engine';
import {
  bodyOf,
  idempotent,
  type IdempotencyRecords,
  keepAnswer,
  principalOf,
  sendAnswer,
  validateBody,
  validationFailed,
} from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import type { StartedExecution } from '../execution.service';
import { startedBody, statusBody } from '../execution.view';
import type { BulkControl } from './bulk.service';
import { BulkCancelDto, BulkDto, ReasonDto, RetryDto, SignalDto } from './control.dto';
import type { ExecutionControl } from './control.service';
import { bulkCancelBody, bulkRetryBody, signalBody } from './control.view';

type ExecutionParams = { execution_id: string };
type SignalParams = ExecutionParams & { name: string };

/** What is done to executions of the agent context. Stands after `authenticate`. */
export function createControlRouter(control: ExecutionControl, bulk: BulkControl, records: IdempotencyRecords): Router {
  const router = Router();
  addBulk(router, bulk);
  addStateChanges(router, control);
  addRetry(router, control, records);
  addSignals(router, control, records);
  return router;
}

function addBulk(router: Router, bulk: BulkControl): void {
  router.post('/executions/cancel', validateBody(BulkCancelDto), async (req, res) => {
    res.json(bulkCancelBody(await bulk.cancel(principalOf(req), bodyOf(req, BulkCancelDto))));
  });
  router.post('/executions/retry', validateBody(BulkDto), async (req, res) => {
    res.json(bulkRetryBody(await bulk.retry(principalOf(req), bodyOf(req, BulkDto))));
  });
}

function addStateChanges(router: Router, control: ExecutionControl): void {
  const path = '/executions/:execution_id';
  router.post(`${path}/cancel`, validateBody(ReasonDto), async (req: Request<ExecutionParams>, res) => {
    const { reason } = bodyOf(req, ReasonDto);
    const { record, version } = await control.cancel(principalOf(req), req.params.execution_id, reason);
    res.json(statusBody(record, version));
  });
  router.post(`${path}/pause`, validateBody(ReasonDto), async (req: Request<ExecutionParams>, res) => {
    const { reason } = bodyOf(req, ReasonDto);
    const { record, version } = await control.pause(principalOf(req), req.params.execution_id, reason);
    res.json(statusBody(record, version));
  });
  router.post(`${path}/resume`, async (req: Request<ExecutionParams>, res) => {
    const { record, version } = await control.resume(principalOf(req), req.params.execution_id);
    res.json(statusBody(record, version));
  });
}

function addRetry(router: Router, control: ExecutionControl, records: IdempotencyRecords): void {
  router.post(
    '/executions/:execution_id/retry',
    idempotent(records),
    validateBody(RetryDto),
    async (req: Request<ExecutionParams>, res) => {
      const answer = ({ execution, estimate }: StartedExecution) => ({
        status: 202,
        location: `${req.baseUrl}/executions/${execution.id}`,
        body: startedBody(execution, estimate),
      });
      const { execution_id } = req.params;
      const request = bodyOf(req, RetryDto);
      sendAnswer(res, answer(await control.retry(principalOf(req), execution_id, request, keepAnswer(req, answer))));
    },
  );
}

function addSignals(router: Router, control: ExecutionControl, records: IdempotencyRecords): void {
  router.post(
    '/executions/:execution_id/signals/:name',
    idempotent(records),
    validateBody(SignalDto),
    async (req: Request<SignalParams>, res) => {
      const { execution_id, name } = req.params;
      if (!isSignalName(name)) throw validationFailed([{ pointer: '/name', message: 'is no name of a signal' }]);
      const answer = (signal: NewSignal) => ({ status: 202, body: signalBody(signal) });
      const sent = { name, data: bodyOf(req, SignalDto).data };
      sendAnswer(res, answer(await control.signal(principalOf(req), execution_id, sent, keepAnswer(req, answer))));
    },
  );
}
