/** Which events a webhook is told of: one type, all of a group (`step.*`), or all. */
export const EVENT_PATTERN = /^(\*|(execution|step)\.(\*|[a-z_]{1,30}))$/;

/** Whether one of the patterns means this type. */
export function matchesEventType(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => {
    if (pattern.endsWith('*')) return type.startsWith(pattern.slice(0, -1));
    return pattern === type;
  });
}
