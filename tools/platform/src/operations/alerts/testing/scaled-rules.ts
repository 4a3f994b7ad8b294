/** Milliseconds of each unit of Prometheus' durations. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const DURATION = String.raw`(\d+)([smhd])`;
/** How long a condition must hold, and over which time something is counted. */
const DURATIONS = new RegExp(String.raw`(^ +for: |\[)${DURATION}(?=\]|$)`, 'gm');
/** A number of an expression that is a time: it says so. */
const SECONDS = /(\d+)(?= # seconds$)/gm;

/**
 * The same rules in a world whose time goes faster: what takes an hour there takes a minute at a factor of 60. Nothing but
 * times changes, so that what fires here fires there.
 */
export function scaledRules(text: string, factor: number): string {
  const durations = text.replace(
    DURATIONS,
    (_, before: string, number: string, unit: string) =>
      `${before}${Math.round((Number(number) * (UNITS[unit] ?? Number.NaN)) / factor)}ms`,
  );
  return durations.replace(SECONDS, (number) => String(Number(number) / factor));
}
