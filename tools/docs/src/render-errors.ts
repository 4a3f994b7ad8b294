import type { ErrorDefinition } from '@aitbc/shared-core';
import type { FailureDefinition } from '@aitbc/shared-domain';

const INTRODUCTION = `# Errors

Every error is answered as \`application/problem+json\` (RFC 9457):

\`\`\`json
{
  "type": "urn:aitbc:error:validation_failed",
  "title": "Some fields are not valid",
  "status": 422,
  "detail": "/colour: is not a known field",
  "instance": "req_019e5fd0-0000-7000-8000-000000000000",
  "code": "validation_failed",
  "errors": [{ "pointer": "/colour", "message": "is not a known field" }]
}
\`\`\`

\`instance\` is the request id, which is also in \`X-Request-Id\` and in every log line of the request. \`errors\` comes with
422: one entry for each bad field, with a JSON Pointer into the body, or \`?name\` for a query parameter. Programs should
look at \`code\`; \`title\` never changes for a code, \`detail\` may. 429 and 503 carry \`Retry-After\` in seconds.
`;

const FAMILIES: Readonly<Record<ErrorDefinition['family'], string>> = {
  user: 'The caller can mend it',
  operational: 'Time can mend it: try again',
  unexpected: 'We must mend it',
};

const OF_EXECUTIONS = `## Why a step or an execution failed

These codes are no answers to requests: they are the \`error_code\` of steps and executions, and the \`code\` in the events
\`step.retrying\`, \`step.failed\`, \`execution.failed\` and \`execution.cancelled\`. What is marked as tried again is tried
as often as \`max_retries\` allows, unless \`retry_policy.non_retryable_errors\` names it. An execution that fails because
of a step has the code of that step. An outage of the coordinator or of the database is none of them: the step waits,
up to its \`timeout_seconds\`, and no attempt is used up.
`;

const CONCERNS: Readonly<Record<FailureDefinition['concerns'], string>> = { step: 'Steps', execution: 'Executions' };

/** The page that explains every error code, by family, and every reason of a failure. */
export function renderErrors(
  catalogue: Readonly<Record<string, ErrorDefinition>>,
  failures: Readonly<Record<string, FailureDefinition>>,
): string {
  const families = Object.entries(FAMILIES) as [ErrorDefinition['family'], string][];
  const sections = families.map(([family, title]) => {
    const rows = Object.entries(catalogue)
      .filter(([, definition]) => definition.family === family)
      .map(([code, { status, title: meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`);
    return [`## ${title}\n`, '| code | status | meaning | what to do |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  });
  const reasons = [OF_EXECUTIONS.trimEnd(), ...renderFailures(failures)];
  return `${[INTRODUCTION.trimEnd(), ...sections, ...reasons].join('\n\n')}\n`;
}

function renderFailures(failures: Readonly<Record<string, FailureDefinition>>): string[] {
  return (Object.entries(CONCERNS) as [FailureDefinition['concerns'], string][]).map(([concerns, title]) => {
    const rows = Object.entries(failures)
      .filter(([, definition]) => definition.concerns === concerns)
      .map(([code, { meaning, retryable, remedy }]) => {
        return `| \`${code}\` | ${meaning} | ${retryable ? 'yes' : 'no'} | ${remedy} |`;
      });
    const head = ['| code | meaning | tried again | what to do |', '| --- | --- | --- | --- |'];
    return [`### ${title}\n`, ...head, ...rows].join('\n');
  });
}
