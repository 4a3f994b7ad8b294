import { verifyReceipt } from '@aitbc/receipts';
import { fromUnits, sha256Hex } from '@aitbc/shared-core';
import type { OnProgress, StoredDatabase } from '../backup/stored-database';
import type { RestoreCheck } from './checks';
import { judgeEach } from './judge-each';
import { failedCheck, otherThanStored, storedKeys } from './verify-receipts';

/** Each has a request and a result. */
const RECEIPTS_AT_ONCE = 50;

interface JobReceiptRow {
  readonly id: string;
  readonly job_id: string;
  readonly client_id: string;
  readonly miner_id: string;
  readonly cost: number;
  readonly jws: string;
  /** JSON. */
  readonly miner_key: string;
  readonly issued_at: number;
  /** Null when the job is not there. */
  readonly state: string | null;
  readonly service_type: string;
  readonly attempts: number;
  readonly service_request: string;
  readonly result: string | null;
}

const JOB_RECEIPTS = `
  SELECT r.id, r.job_id, r.client_id, r.miner_id, r.cost, r.jws, r.miner_key, r.issued_at,
    j.state, j.service_type, j.attempts, j.service_request, j.result
  FROM job_receipts r LEFT JOIN jobs j ON j.id = r.job_id
  WHERE r.id > $1 ORDER BY r.id LIMIT ${RECEIPTS_AT_ONCE}`;

const WITHOUT_RECEIPT = `
  SELECT id FROM jobs j WHERE state = 'COMPLETED'
    AND NOT EXISTS (SELECT 1 FROM job_receipts r WHERE r.job_id = j.id) LIMIT 10`;

/** Whether each job receipt is signed by miner and platform and agrees with its job, and each completed job has one. */
export async function verifyJobReceipts(
  database: StoredDatabase,
  total: number,
  onProgress: OnProgress,
): Promise<RestoreCheck> {
  const keys = await storedKeys(database);
  const faultOfRow = (row: JobReceiptRow) => {
    const fault = faultOf(row, keys);
    return fault === undefined ? undefined : `the receipt of ${row.job_id}: ${fault}`;
  };
  const findings = await judgeEach(database, { statement: JOB_RECEIPTS, total, faultOf: faultOfRow, onProgress });
  for (const { id } of await database.query<{ id: string }>(WITHOUT_RECEIPT))
    findings.fault(`${id} is completed, and has no receipt`);
  return findings.check('job receipts', 'signatures of platform and miner verify, and agree with the jobs');
}

function faultOf(row: JobReceiptRow, keys: object): string | undefined {
  if (row.state === null) return 'its job is not there';
  const { id, job_id, client_id, miner_id, jws } = row;
  const issued_at = new Date(row.issued_at).toISOString();
  const miner_key = JSON.parse(row.miner_key) as unknown;
  const shown = { jws, id, job_id, client_id, miner_id, cost: fromUnits(row.cost), issued_at, miner_key };
  return failedCheck(verifyReceipt(shown, keys)) ?? disagreement(row);
}

function disagreement({
  jws,
  state,
  service_type,
  attempts,
  service_request,
  result,
}: JobReceiptRow): string | undefined {
  const stored = {
    service_type,
    attempt: attempts,
    request_hash: sha256Hex(service_request),
    result_hash: sha256Hex(result ?? ''),
  };
  const other = otherThanStored(jws, stored);
  if (other !== undefined) return other;
  return state === 'COMPLETED' ? undefined : `its job is ${state ?? ''}`;
}
