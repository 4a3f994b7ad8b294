import { verifyReceipt } from '@aitbc/receipts';
import { bodyOf, principalOf, type SigningKeys, validateBody } from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { VerifyReceiptDto } from './receipt.dto';
import type { ReceiptService } from './receipt.service';
import { receiptBody, stepReceiptBody } from './receipt.view';

type ExecutionParams = { execution_id: string };
type StepParams = ExecutionParams & { step_id: string };

/** Receipts of executions, and their verification. Stands after `authenticate`. */
export function createReceiptRouter(service: ReceiptService, keys: Pick<SigningKeys, 'published'>): Router {
  const router = Router();
  router.get('/executions/:execution_id/receipt', async (req: Request<ExecutionParams>, res) => {
    const { receipt, found } = await service.receiptOf(principalOf(req), req.params.execution_id);
    res.json(receiptBody(receipt, found));
  });
  router.get('/executions/:execution_id/receipt/steps/:step_id', async (req: Request<StepParams>, res) => {
    const { execution_id: id, step_id: stepId } = req.params;
    res.json(stepReceiptBody(await service.stepOf(principalOf(req), id, stepId)));
  });
  router.post('/receipts/verify', validateBody(VerifyReceiptDto), async (req, res) => {
    principalOf(req);
    res.json(verifyReceipt({ ...bodyOf(req, VerifyReceiptDto) }, await keys.published()));
  });
  return router;
}
