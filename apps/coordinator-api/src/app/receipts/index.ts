export { jobReceiptSchemas } from './job-receipt.schema';
export { insertJobReceipt } from './insert-job-receipt';
export { JobReceiptIssuer } from './job-receipt.issuer';
export { JobReceiptStore } from './job-receipt.store';
export { jobReceiptPayload, jobReceiptView } from './job-receipt.view';
export { assertClaims, readMinerClaim, type SignedClaim } from './miner-claim';
