export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string;
  readonly kept: boolean;
}
