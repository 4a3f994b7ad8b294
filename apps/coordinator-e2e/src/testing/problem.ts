import type { Response } from 'supertest';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/** Words of an implementation: stacks, SQL, drivers, paths of the machine. */
const LEAKS = [
  /\n\s+at /,
  /\bat \S+ \(/,
  /\.(ts|js|mjs):\d+/,
  /node_modules|node:internal/,
  /\/(home|root|usr|var|opt|tmp|srv|work)\//,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*\b(FROM|VALUES|SET|WHERE)\b/,
  /sqlite|postgres|typeorm|QueryFailed/i,
];

/**
 * That the answer is a problem document (RFC 9457) as the contract has it.
 * @param pointers those of `errors`, in any order, each once; without it, `errors` is not looked at.
 */
export function expectProblem(response: Response, pointers?: readonly string[]): void {
  const { status, headers, body, text } = response;
  expect(headers['content-type']).toMatch(/^application\/problem\+json\b/);
  expect(body).toMatchObject({
    type: expect.stringMatching(/\S/),
    title: expect.stringMatching(/\S/),
    detail: expect.any(String),
    status,
    instance: headers['x-request-id'],
  });
  expect(headers['x-request-id']).toMatch(/\S/);
  for (const leak of LEAKS) expect(text).not.toMatch(leak);
  if (status === 429 || status === 503) expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  if (pointers === undefined) return;
  expect(pointersOf(response)).toEqual([...pointers].sort());
  for (const { message } of body.errors) expect(message).toMatch(/\S/);
}

export function pointersOf({ body }: Response): string[] {
  return ((body.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer).sort();
}
// jscpd:ignore-end
