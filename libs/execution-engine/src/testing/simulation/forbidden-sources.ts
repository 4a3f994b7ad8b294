const FORBIDDEN = 'a simulated run may not ask the machine for';

/** The wall clock, without which `new Date(ms)` still works. */
function deafDate(RealDate: DateConstructor): DateConstructor {
  const forbidden = () => {
    throw new Error(`${FORBIDDEN} the time`);
  };
  return new Proxy(RealDate, {
    apply: forbidden,
    construct: (target, args: [] | [number]) => (args.length === 0 ? forbidden() : new target(...args)),
    get: (target, name) => (name === 'now' ? forbidden : (Reflect.get(target, name) as unknown)),
  });
}

/**
 * While `work` runs, the wall clock, `Math.random` and real timers throw: what a run does must follow from its seed.
 */
export async function withoutRealTime<Result>(work: () => Promise<Result>): Promise<Result> {
  const { Date: RealDate, setTimeout, setInterval } = globalThis;
  const { random } = Math;
  const forbid = (what: string) => () => {
    throw new Error(`${FORBIDDEN} ${what}`);
  };
  Object.assign(globalThis, {
    Date: deafDate(RealDate),
    setTimeout: forbid('a timer'),
    setInterval: forbid('a timer'),
  });
  Math.random = forbid('chance');
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { Date: RealDate, setTimeout, setInterval });
    Math.random = random;
  }
}
