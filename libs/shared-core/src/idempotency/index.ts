export { type CreationAnswer, sendAnswer } from './answer';
export { type AnsweredRequest, IdempotencyRecords, RepeatedRequest } from './idempotency-records';
export { IdempotencySweep } from './idempotency-sweep';
export { answerToKeep, type AnswerToKeep, idempotent, keepAnswer, type Replay, type Within } from './idempotent';
