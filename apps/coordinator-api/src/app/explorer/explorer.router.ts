import { pageRequestOf, queryOf, sendPage, validateQuery } from '@aitbc/shared-core';
import { Router } from 'express';
import { ReceiptListQuery } from './explorer.dto';
import type { ExplorerService } from './explorer.service';
import { publicReceiptView } from './explorer.view';

/** `/explorer/receipts`, for any principal; stands behind `authenticate`. */
export function createExplorerRouter(explorer: ExplorerService): Router {
  const router = Router();
  router.get('/explorer/receipts', validateQuery(ReceiptListQuery), async (req, res) => {
    const query = queryOf(req, ReceiptListQuery);
    sendPage(res, await explorer.page(query.kind, pageRequestOf(query)), publicReceiptView);
  });
  return router;
}
