/** Header in which a registered miner sends its `session_token`. */
export const MINER_SESSION_HEADER = 'x-miner-session';

/** Body of `POST /miners/register`. */
export interface MinerRegistration {
  /** Unique on the platform; default: the subject of the key. */
  miner_id?: string;
  capabilities: MinerCapabilities;
  /** How many jobs it runs at once, 1..64. */
  concurrency?: number;
  region?: string;
  /** Ed25519 public key as a JWK or as base64url of the 32 raw bytes. */
  public_key: string | Record<string, unknown>;
}

export interface MinerCapabilities {
  /** Kinds of jobs that it can run, e.g. `text_analysis`; without it, every kind. */
  services?: string[];
  models: string[];
  gpus: { name: string; memory_mb: number }[];
  /** CUDA version, `major.minor`. */
  cuda?: string;
  /** Price of a job in coins with at most 8 decimals. */
  price?: number;
}

/** Answer of `POST /miners/poll` when there is a job. */
export interface AssignedJob {
  job_id: string;
  payload: { service_type: string; service_request: Record<string, unknown> };
  constraints: Record<string, unknown>;
  /** RFC 3339 */
  lease_expires_at: string;
  attempt: number;
  /** W3C trace context of the job: the miner's own work on it is a child of that span. Absent outside of any trace. */
  traceparent?: string;
}

/**
 * What a miner signs (compact JWS, EdDSA, with its registered key): canonical JSON (RFC 8785) of this. `result_hash` is
 * the lower-case hexadecimal SHA-256 of the canonical JSON of the result.
 */
export interface MinerResultClaim {
  job_id: string;
  attempt: number;
  miner_id: string;
  result_hash: string;
}

/** Body of `POST /miners/{job_id}/result`. */
export interface MinerResult {
  result: unknown;
  /** Compact JWS over a {@link MinerResultClaim}. */
  signature: string;
  /** What the job really used. */
  metrics?: { duration_ms?: number; peak_memory_mb?: number; prompt_tokens?: number; completion_tokens?: number };
}

/** Body of `POST /miners/{job_id}/chunks`: text of a job whose request says `stream: true`, while it is generated. */
export interface MinerChunks {
  /** The attempt that the text is of. */
  attempt: number;
  /** Place of the first of `texts` in its attempt, from 1: what was sent before, and came, is not taken twice. */
  first: number;
  /** 1..256 pieces of 1..4000 characters. */
  texts: string[];
}

/** Body of `POST /miners/{job_id}/fail`. */
export interface MinerFailure {
  error: string;
  /** The attempt that failed; a report that comes too late must not end a later attempt. Default: the current one. */
  attempt?: number;
  /** `false`: the request itself is bad, so no other miner should try. */
  retryable?: boolean;
}
