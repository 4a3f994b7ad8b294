import { DEBUG_POINTS, type DebugPoint, type DebugPoints, noDebugPoints } from '@aitbc/execution-engine';
import { EnvError, makeExactValidator } from 'envalid';

/** Where a fault test lets the process die: when `point` is reached for the `nth` time. */
export interface KillPoint {
  readonly point: DebugPoint;
  readonly nth: number;
}

const FORM = /^([a-z_]+):([1-9]\d{0,5})$/;

/** `point:n`. */
export const killPoint = makeExactValidator<KillPoint>((input) => {
  const [, name, nth] = FORM.exec(input) ?? [];
  const point = DEBUG_POINTS.find((known) => known === name);
  if (point === undefined) throw new EnvError(`'${input}' is not <point>:<n> with one of ${DEBUG_POINTS.join(', ')}`);
  return { point, nth: Number(nth) };
});

/** Ends the process as a power cut would: nothing is flushed, handed back or closed. */
const killThisProcess = (): void => void process.kill(process.pid, 'SIGKILL');

/** What the engine calls at its debug points; without a kill point it does nothing. */
export function killAt(at: KillPoint | undefined, kill: () => void = killThisProcess): DebugPoints {
  if (!at) return noDebugPoints;
  let reached = 0;
  return (point) => {
    if (point === at.point && ++reached === at.nth) kill();
  };
}
