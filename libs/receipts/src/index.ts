export * from './issue-receipt';
export * from './merkle-tree';
export * from './receipt.types';
export { orderSteps, proveStep, stepsRoot, verifyStep } from './steps-tree';
export { UnavailableProver, type ZeroKnowledgeProver } from './zero-knowledge-prover.port';
export { verifyReceipt, type ReceiptVerification, type ShownReceipt } from './verify-receipt';
