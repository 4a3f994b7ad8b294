export { receiptDocument } from './receipt.openapi';
export { createReceiptRouter } from './receipt.router';
export { ReceiptService, type StoredFacts } from './receipt.service';
