export { createReceiptRouter } from './receipt.router';
export { ReceiptService } from './receipt.service';
