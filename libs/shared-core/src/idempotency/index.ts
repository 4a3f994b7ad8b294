export { type CreationAnswer, sendAnswer } from './answer';
export { IdempotencyRecords } from './idempotency-records';
export { IdempotencySweep } from './idempotency-sweep';
export { idempotent, keepAnswer, type Replay, type Within } from './idempotent';
