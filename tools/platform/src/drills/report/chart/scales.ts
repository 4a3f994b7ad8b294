/** A value that an axis names. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** Steps between the ticks of a time axis, in seconds. */
const TIME_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
const MOST_TIME_TICKS = 12;
const LINEAR_INTERVALS = 4;

/** Round values from 0 to the first that is not below `highest`, and to 1 at least; three to five of them. */
export function linearTicks(highest: number): Tick[] {
  const end = Math.max(highest, 1);
  const step = roundStep(end / LINEAR_INTERVALS);
  const intervals = Math.ceil(end / step);
  return Array.from({ length: intervals + 1 }, (_, index) => {
    const value = index * step;
    return { value, text: String(Number(value.toPrecision(3))) };
  });
}

/** The smallest of 1, 2, 5, 10, … that is not below `width`. */
function roundStep(width: number): number {
  const decade = 10 ** Math.floor(Math.log10(width));
  const digit = [1, 2, 5].find((each) => each * decade >= width) ?? 10;
  return digit * decade;
}

/** Round times from 0 to `endMs`, in milliseconds; from two minutes on their texts are minutes and seconds. */
export function timeTicks(endMs: number): Tick[] {
  const endSeconds = endMs / 1_000;
  const step = TIME_STEPS.find((each) => endSeconds / each <= MOST_TIME_TICKS) ?? endSeconds;
  const count = Math.floor(endSeconds / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, index) => {
    const seconds = Number((index * step).toFixed(1));
    return { value: seconds * 1_000, text: endSeconds < 120 ? `${seconds} s` : clock(seconds) };
  });
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}

/** Powers of ten that enclose all values, in milliseconds; between 0.1 ms and 10 ms when there is none. */
export function logTicks(values: readonly number[]): Tick[] {
  const positive = values.filter((value) => value > 0);
  const lowest = Math.floor(Math.log10(positive.reduce((least, value) => Math.min(least, value), 1)));
  const highest = Math.ceil(Math.log10(positive.reduce((most, value) => Math.max(most, value), 10)));
  return Array.from({ length: highest - lowest + 1 }, (_, index) => {
    const value = Number((10 ** (lowest + index)).toPrecision(1));
    return { value, text: value < 1_000 ? `${value} ms` : `${value / 1_000} s` };
  });
}
