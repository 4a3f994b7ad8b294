import type { Rule, RunRecord } from '../run-record';
import { effectsWithinBounds, noEffectAfterCommit, restartsHaveCauses } from './effect-rules';
import { acknowledgedEnd, nothingStranded, oneJobForEachKey } from './end-rules';
import {
  committedStepsRest,
  countsAgree,
  noGapInEvents,
  oneEnd,
  signalsTakenOnce,
  stepsAgreeWithEvents,
} from './event-rules';

/** What must hold of every run, whatever was done to it. */
export const RULES = {
  acknowledgedEnd,
  nothingStranded,
  oneJobForEachKey,
  noGapInEvents,
  oneEnd,
  committedStepsRest,
  stepsAgreeWithEvents,
  countsAgree,
  signalsTakenOnce,
  effectsWithinBounds,
  noEffectAfterCommit,
  restartsHaveCauses,
} satisfies Record<string, Rule>;

/** One sentence for each violation, with the name of the rule in front. */
export function violationsOf(record: RunRecord): string[] {
  return Object.entries(RULES).flatMap(([name, rule]) => rule(record).map((violation) => `${name}: ${violation}`));
}
