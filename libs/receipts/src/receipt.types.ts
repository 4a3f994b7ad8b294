/** `typ` of the JWS header: one kind of receipt can never be shown as the other. */
export const EXECUTION_RECEIPT_TYP = 'aitbc-execution-receipt+jws';
export const JOB_RECEIPT_TYP = 'aitbc-job-receipt+jws';
export const RECEIPT_VERSION = 1;

/** Lower-case hexadecimal SHA-256 of the canonical JSON (RFC 8785) of the thing. */
export type Sha256Hex = string;

/** What happened in one step, as it stands in the Merkle tree of the receipt. Keys are those of the HTTP contract. */
export interface ReceiptStep {
  readonly step_id: string;
  readonly attempt: number;
  /** `completed`, `failed`, `skipped` or `cancelled`. */
  readonly status: string;
  readonly input_hash: Sha256Hex | null;
  readonly output_hash: Sha256Hex | null;
  /** RFC 3339 with milliseconds; `null` when it never started. */
  readonly started_at: string | null;
  readonly completed_at: string | null;
  /** Coins, at most 8 decimals. */
  readonly cost: number;
  readonly job_receipt_id?: string;
}

/** One thing that verification looked at. */
export interface ReceiptCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** The signed content of an execution receipt. */
export interface ExecutionReceiptPayload {
  readonly version: number;
  readonly receipt_id: string;
  readonly execution_id: string;
  /** The execution whose completed steps this one adopted. */
  readonly retry_of?: string;
  readonly workflow_id: string;
  readonly workflow_version: number;
  readonly workflow_hash: Sha256Hex;
  readonly owner_id: string;
  readonly agent_id?: string;
  /** `completed`, `failed` or `cancelled`. */
  readonly status: string;
  readonly inputs_hash: Sha256Hex;
  /** `null` when the execution gave no result. */
  readonly result_hash: Sha256Hex | null;
  readonly steps_root: Sha256Hex;
  readonly steps_count: number;
  /** Coins, at most 8 decimals: the sum of the steps' costs. */
  readonly total_cost: number;
  readonly verification_level: string;
  readonly verified: boolean;
  readonly checks: readonly ReceiptCheck[];
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly issued_at: string;
  readonly issuer: string;
}

/** The signed content of a job receipt. */
export interface JobReceiptPayload {
  readonly version: number;
  readonly receipt_id: string;
  readonly job_id: string;
  readonly miner_id: string;
  readonly client_id: string;
  readonly service_type: string;
  readonly attempt: number;
  readonly request_hash: Sha256Hex;
  readonly result_hash: Sha256Hex;
  /** Coins, at most 8 decimals. */
  readonly cost: number;
  /** The miner's own signature over its claim, as it came. */
  readonly miner_jws: string;
  readonly completed_at: string;
  readonly issued_at: string;
  readonly issuer: string;
}

/** An execution receipt as it travels: the signed part, and beside it the steps whose root is signed. */
export interface ExecutionReceiptDocument {
  readonly jws: string;
  readonly steps: readonly ReceiptStep[];
}

/** Where an entry stands in the tree of steps, and what leads from it to the root (RFC 9162 §2.1.3). */
export interface InclusionProof {
  /** Position of the entry, from 0, in the order of `step_id`. */
  readonly leaf_index: number;
  /** Number of entries of the whole tree: `steps_count` of the receipt. */
  readonly tree_size: number;
  /** Hashes of the nodes beside the way to the root, from the leaf upwards. */
  readonly inclusion_path: readonly Sha256Hex[];
}

/** One step, and the proof that the receipt states it; it discloses no other step. */
export interface ProvedStep {
  readonly entry: ReceiptStep;
  readonly inclusion_proof: InclusionProof;
}

/** A step as it travels alone: with the signed part of the receipt, which states root and count of the steps. */
export interface StepReceiptDocument extends ProvedStep {
  readonly jws: string;
}
