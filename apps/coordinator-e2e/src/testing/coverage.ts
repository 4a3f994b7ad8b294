import { documentedOperations, type Operation, operationAt } from './documented';
import { isJudged, UNREACHABLE } from './judged';
import { recorded, type Seen } from './record';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/**
 * Holds what the whole suite has seen against the OpenAPI document of the service.
 * @throws Error naming each documented status that no test has met, each that a test has met and nobody documented, and
 * each exception that excuses nothing (any more).
 */
export async function expectCovered(): Promise<void> {
  const operations = await documentedOperations(isJudged);
  const { seen, waived } = recorded();
  const { met, undocumented } = sorted(operations, seen);
  const documented = operations.flatMap(({ method, template, statuses }) =>
    statuses.filter((status) => !waived.has(status)).map((status) => name(method, template, status)),
  );
  const unmet = documented.filter((what) => !met.has(what));
  const faults = [
    ...unmet
      .filter((what) => !UNREACHABLE.some(([pattern]) => pattern.test(what)))
      .map((what) => `never seen: ${what}`),
    ...[...undocumented].map((what) => `seen, but not documented: ${what}`),
    ...UNREACHABLE.filter(([pattern]) => !unmet.some((what) => pattern.test(what))).map(
      ([pattern]) => `an exception that excuses nothing: ${String(pattern)}`,
    ),
  ];
  if (documented.length === 0) faults.push('the document has no operation for this suite');
  if (faults.length > 0) throw new Error(`the suite does not cover the documented answers:\n${faults.join('\n')}`);
}

/** What was seen, by whether it is documented. Paths without any operation are no concern here: they answer 404 or 405. */
function sorted(operations: readonly Operation[], seen: readonly Seen[]) {
  const met = new Set<string>();
  const undocumented = new Set<string>();
  for (const { method, path, status } of seen) {
    const operation = operationAt(operations, method, path);
    if (!operation) continue;
    const what = name(operation.method, operation.template, status);
    (operation.statuses.includes(status) ? met : undocumented).add(what);
  }
  return { met, undocumented };
}

function name(method: string, template: string, status: number): string {
  return `${method.toUpperCase()} ${template} ${status}`;
}
// jscpd:ignore-end
