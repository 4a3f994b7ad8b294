import { orderSteps, type ReceiptVerification, verifyReceipt } from '@aitbc/receipts';
import { canonicalJson } from '@aitbc/shared-core';
import type { OnProgress, StoredDatabase } from '../backup/stored-database';
import type { RestoreCheck } from './checks';
import { judgeEach } from './judge-each';
import { type ReceiptRow, RECEIPTS, statedFacts, type StoredSteps, storedSteps } from './stored-receipts';

/** The public keys of the platform that are in a database, as `/.well-known/jwks.json` publishes them. */
export async function storedKeys(database: StoredDatabase): Promise<{ keys: object[] }> {
  const rows = await database.query<{ kid: string; public_jwk: string }>('SELECT kid, public_jwk FROM signing_keys');
  return { keys: rows.map(({ kid, public_jwk: jwk }) => ({ ...(JSON.parse(jwk) as object), kid, use: 'sig' })) };
}

/** Whether each receipt is signed, is of its own steps, and agrees with the execution that is stored. */
export async function verifyReceipts(
  database: StoredDatabase,
  total: number,
  onProgress: OnProgress,
): Promise<RestoreCheck> {
  const keys = await storedKeys(database);
  const faultOfRow = async (row: ReceiptRow) => {
    const fault = await faultOf(database, row, keys);
    return fault === undefined ? undefined : `the receipt of ${row.execution_id}: ${fault}`;
  };
  const findings = await judgeEach(database, { statement: RECEIPTS, total, faultOf: faultOfRow, onProgress });
  return findings.check('receipts', 'signature, Merkle root and job receipts verify, and agree with what is stored');
}

async function faultOf(database: StoredDatabase, row: ReceiptRow, keys: object): Promise<string | undefined> {
  if (row.workflow_id === null) return 'its execution is not there';
  const stored = await storedSteps(database, row.execution_id);
  const steps = JSON.parse(row.steps) as unknown;
  const verified = verifyReceipt({ jws: row.jws, steps, job_receipts: stored.jobReceipts }, keys);
  return failedCheck(verified) ?? disagreement(row, stored);
}

/** The first thing that a receipt does not hold by itself. */
export function failedCheck({ valid, checks }: ReceiptVerification): string | undefined {
  if (valid) return undefined;
  const failed = checks.find(({ ok }) => !ok);
  return failed ? `${failed.name}: ${failed.detail}` : 'nothing of it could be verified';
}

/** The first thing that a verified receipt states otherwise than it is stored. */
function disagreement(row: ReceiptRow, { entries }: StoredSteps): string | undefined {
  const other = otherThanStored(row.jws, statedFacts(row));
  if (other !== undefined) return other;
  const shown = JSON.parse(row.steps) as unknown;
  return canonicalJson(shown) === canonicalJson(orderSteps(entries))
    ? undefined
    : 'its steps are not those that are stored';
}

/** The first thing that the payload of a JWS, verified before, states otherwise than it is stored. */
export function otherThanStored(jws: string, stored: Readonly<Record<string, unknown>>): string | undefined {
  const [, payload = ''] = jws.split('.');
  const stated = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  const other = Object.entries(stored).find(([name, value]) => stated[name] !== value);
  return other && `it says ${other[0]} ${String(stated[other[0]])}, and ${String(other[1])} is stored`;
}
