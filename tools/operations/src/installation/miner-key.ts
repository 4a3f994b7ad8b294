import { hostname } from 'node:os';
import { OperatorError } from '@aitbc/operator-programs';
import type { Layout } from '../layout';
import { serviceUrl } from '../services/health';
import { setVariable, variablesIn } from './files';

/**
 * The miner's own key, made by the coordinator, when its environment file has none yet.
 * @returns whether it has one now; not while the coordinator is not ready
 * @throws OperatorError when the coordinator refuses
 */
export async function ensureMinerKey(layout: Layout): Promise<boolean> {
  if (variablesIn(layout, 'miner.env')['MINER_KEY']) return true;
  const url = serviceUrl(layout, 'coordinator-api');
  const admin = variablesIn(layout, 'platform.env')['BOOTSTRAP_ADMIN_KEY'];
  if (!admin) throw new OperatorError('the miner needs a key: put it into miner.env as MINER_KEY, then install again');
  const answer = await fetch(`${url}/api/v1/admin/api-keys`, {
    method: 'POST',
    headers: { 'X-Api-Key': admin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ subject: `miner-${hostname()}`, role: 'miner' }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  if (!answer) return false;
  const body = (await answer.json()) as { api_key?: string; detail?: string };
  if (!body.api_key)
    throw new OperatorError(`the coordinator makes no key for the miner: ${body.detail ?? answer.status}`);
  setVariable(layout, 'miner.env', 'MINER_KEY', body.api_key);
  return true;
}
