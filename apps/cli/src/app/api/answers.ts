import { CliError, EXIT } from '../errors';

/** What a typed call gives over `HttpTransport`, which throws for every answer that is an error. */
type GoodAnswer<T> = Promise<{ readonly data?: T }>;

/** @throws CliError when there is nothing in the answer. */
export async function dataOf<T>(answer: GoodAnswer<T>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) throw new CliError('The answer is empty, and should not be.', EXIT.unavailable);
  return data;
}

/** Waits for an answer that says no more than that it was done. */
export async function done(answer: GoodAnswer<unknown>): Promise<void> {
  await answer;
}
