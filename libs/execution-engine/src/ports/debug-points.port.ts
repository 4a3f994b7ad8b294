/**
 * Places where a fault test may stop a worker dead: each is an instant between two effects, at which a crash must lose
 * nothing and double nothing.
 */
export const DEBUG_POINTS = [
  /** Leases are taken in the store, and nothing was done with them. */
  'claimed',
  /** A round is decided in memory, and not written. */
  'before_commit',
  /** A round is written, and its handlers do not run yet. */
  'after_commit',
  'handler_started',
  /** A handler has done its work, and its outcome is not written. */
  'handler_ended',
  /** An execution's end or its next wait is written, with nobody holding it. */
  'handed_over',
  'leases_renewed',
  /** What ended steps held outside is let go, and not marked so. */
  'before_marking_released',
  /** A change from outside (a start, a signal, a cancel) is written, and no worker is told of it. */
  'before_announcing',
  /** Waiting steps were found due, because what they wait for has come, and their runs here are not told. */
  'news_stored',
] as const;
export type DebugPoint = (typeof DEBUG_POINTS)[number];

/** Called whenever one is reached. */
export type DebugPoints = (point: DebugPoint) => void;

export const noDebugPoints: DebugPoints = () => undefined;
