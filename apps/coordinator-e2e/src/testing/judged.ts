/** What this suite is to cover: all of the API but the agent context, and what every service answers outside of it. */
export function isJudged(template: string): boolean {
  return !template.startsWith('/api/v1/agent/');
}

/** Documented statuses that no request can bring about: which of `METHOD template status`, and why. */
export const UNREACHABLE: readonly (readonly [RegExp, string])[] = [
  [/ 500$/, 'what nobody foresaw; a test that met it has failed'],
  [/ 503$/, 'only while the service starts, drains, or misses its database or the agent context'],
];
