const TRIES = 20;

/** A machine under load may refuse a unit of work for the time that it took: nothing was done then, and it is asked again. */
export async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}
