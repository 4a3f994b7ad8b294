/**
 * TypeScript of all paths, bodies and answers of an API, for `openapi-fetch`: an OpenAPI document on standard input, the
 * types on standard output. A process of its own, because `openapi-typescript` needs ES modules, which Jest cannot load.
 */
import { text } from 'node:stream/consumers';
import openapiTS, { astToString } from 'openapi-typescript';

process.stdout.write(
  astToString(await openapiTS(await text(process.stdin), { alphabetize: true, defaultNonNullable: false })),
);
