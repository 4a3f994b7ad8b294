import type { MinerResultClaim } from '@aitbc/contracts';
import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { served } from './outside';
import type { JobFate } from './scenario';

export interface PlayedMiner {
  readonly id: string;
  /** Coins for a job. */
  readonly price: number;
}

interface Assigned {
  readonly job_id: string;
  readonly attempt: number;
  readonly payload: { readonly service_request: { readonly text: string } };
}

const signingKey = generateSigningKey();

/**
 * A miner that does with each job what its text says, until it is told to stop.
 * @param url of the coordinator
 */
export async function mine(url: string, key: string, { id, price }: PlayedMiner, stop: AbortSignal): Promise<void> {
  const post = (path: string, body: object, session = '') =>
    fetch(`${url}/api/v1/miners${path}`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'x-miner-session': session, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const capabilities = { services: ['text_analysis'], models: [], gpus: [], price };
  const registration = { miner_id: id, capabilities, concurrency: 4, public_key: signingKey.jwk };
  const registered = await served(() => post('/register', registration));
  const { session_token: session } = (await registered.json()) as { session_token: string };
  while (!stop.aborted) {
    const polled = await post('/poll', { max_wait_seconds: 1 }, session);
    if (polled.status !== 200) continue;
    const { job_id: jobId, attempt, payload } = (await polled.json()) as Assigned;
    const fate = (JSON.parse(payload.service_request.text) as JobFate[])[attempt - 1] ?? 'result';
    // Long enough that some are cancelled while they run, and some when they have just been done.
    await sleep((attempt * 7) % 20);
    if (fate === 'result') await post(`/${jobId}/result`, signedResult(jobId, id, attempt), session);
    else await post(`/${jobId}/fail`, { error: 'as the test wants', retryable: fate === 'fail' }, session);
  }
}

/** The body of a result as an honest miner sends it. */
function signedResult(jobId: string, minerId: string, attempt: number): object {
  const result = { language: 'en', confidence: 0.9 };
  const claim: MinerResultClaim = {
    ...{ job_id: jobId, attempt, miner_id: minerId },
    result_hash: sha256Hex(canonicalJson(result)),
  };
  return { result, signature: signJws(canonicalJson(claim), signingKey, 'aitbc-miner-result+jws') };
}
