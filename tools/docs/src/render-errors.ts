import type { ErrorDefinition } from '@aitbc/shared-core';

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

/** The page that explains every error code, by family. */
export function renderErrors(catalogue: Readonly<Record<string, ErrorDefinition>>): string {
  const families = Object.entries(FAMILIES) as [ErrorDefinition['family'], string][];
  const sections = families.map(([family, title]) => {
    const rows = Object.entries(catalogue)
      .filter(([, definition]) => definition.family === family)
      .map(([code, { status, title: meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`);
    return [`## ${title}\n`, '| code | status | meaning | what to do |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  });
  return `${[INTRODUCTION.trimEnd(), ...sections].join('\n\n')}\n`;
}
