/** ECMAScript 2024, in every Node that we run on; the compiler's library is set to 2023. */
interface WellFormedText {
  isWellFormed(): boolean;
}

/** Whether a text has no lone surrogate, so that UTF-8 can carry it. */
export function isWellFormed(text: string): boolean {
  return (text as unknown as WellFormedText).isWellFormed();
}
