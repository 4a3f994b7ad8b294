import { TRANSITION_TYPES, type TransitionType } from './transitions-of';

/** What may happen to a commit on its way. */
export const COMMIT_FAULTS = [
  /** The store fails before it has written. */
  'refused',
  /** The store has written, and the answer is lost. */
  'disconnected',
  /** It reaches the store twice. */
  'duplicated',
  /** It reaches the store late. */
  'delayed',
  /** It reaches the store when the lease is over that its sender had at the time. */
  'overdue',
  /** Its sender dies before it is sent, or while it is on its way. */
  'crashed',
  /** Its sender is stopped past its lease before it is sent, or while it is on its way. */
  'frozen',
] as const;
export type CommitFault = (typeof COMMIT_FAULTS)[number];

/** What may happen to another call, or to a wake-up; it counts for commits of the same process within one lease. */
export const OTHER_FAULTS = [
  'claim_refused',
  'claim_disconnected',
  /** Who has looked for due work is stopped past its lease before it claims. */
  'look_frozen',
  'renewal_failed',
  'read_failed',
  'wake_lost',
  'wake_doubled',
  'wake_late',
] as const;
export type OtherFault = (typeof OTHER_FAULTS)[number];

export type FaultKind = CommitFault | OtherFault;
export const FAULT_KINDS: readonly FaultKind[] = [...COMMIT_FAULTS, ...OTHER_FAULTS];

/** Commands from outside come from processes that run no executions: these claim nothing and hold no lease. */
const COMMANDS: readonly TransitionType[] = [
  'cancel_requested',
  'pause_requested',
  'resume_requested',
  'steps_adopted',
];
const OF_LEASES: readonly FaultKind[] = ['claim_refused', 'claim_disconnected', 'look_frozen', 'renewal_failed'];

export interface Cell {
  readonly transition: TransitionType;
  readonly fault: FaultKind;
}

/** Every transition under every fault, but for those that cannot meet. */
export const POSSIBLE_CELLS: readonly Cell[] = TRANSITION_TYPES.flatMap((transition) =>
  FAULT_KINDS.filter((fault) => !COMMANDS.includes(transition) || !OF_LEASES.includes(fault)).map((fault) => ({
    transition,
    fault,
  })),
);
