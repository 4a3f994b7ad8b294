import type { SandboxErrorCode } from '../sandbox-error';

/**
 * What goes over the socket between the pool and a child: JSON, one message a line. The child answers `ready` once,
 * then, for each request in order, one reply per item, each written before the next item is begun. So the first item
 * without a reply is the one that is being evaluated, and needs no further message to be known.
 */
export type ChildRequest = EvaluateRequest | ParseRequest | PathsRequest | ValidateRequest;

/** Items: one for each expression. They share the context. */
export interface EvaluateRequest {
  readonly op: 'evaluate';
  readonly root?: unknown;
  readonly bindings?: Readonly<Record<string, unknown>>;
  readonly expressions: readonly string[];
  /** JSONata's own limit, a little under the one at which the parent kills, since a kill costs a process. */
  readonly softTimeoutMs: number;
  /** For the results of all items together, as UTF-8 JSON. */
  readonly maxOutputBytes: number;
}

/** One item; its reply is an {@link ExpressionProblem} or nothing. */
export interface ParseRequest {
  readonly op: 'parse';
  readonly expression: string;
}

/** One item; its reply is a `string[][]`. */
export interface PathsRequest {
  readonly op: 'paths';
  readonly expression: string;
}

/** One item; its reply is a {@link SchemaVerdict}. */
export interface ValidateRequest {
  readonly op: 'validate';
  readonly schema: unknown;
  readonly value?: unknown;
}

/** `{ok}`, where an absent `ok` is JSONata's "nothing", or `{error}`. */
export interface ItemReply {
  readonly ok?: unknown;
  readonly error?: ItemFailure;
}

export interface ItemFailure {
  readonly code: SandboxErrorCode;
  readonly message: string;
  readonly position?: number;
}

/** A syntax error in an expression. */
export interface ExpressionProblem {
  readonly message: string;
  /** Offset in characters. */
  readonly position?: number;
}

/** The outcome of checking a value against a JSON Schema. */
export interface SchemaVerdict {
  readonly valid: boolean;
  /** At most {@link MAX_SCHEMA_ERRORS}; `pointer` is a JSON Pointer (RFC 6901) into the value. */
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
}

export const MAX_SCHEMA_ERRORS = 100;

export const READY = 'ready';
/** The child's file descriptor of the socket; 0, 1 and 2 lead nowhere. */
export const SOCKET_FD = 3;
