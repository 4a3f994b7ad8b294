import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface OpenApiValidity {
  readonly valid: boolean;
  /** The version of OpenAPI by whose schema it was judged, `3.1`. */
  readonly version: string;
  readonly errors: unknown;
}

/** Judges a document by the official schema of the OpenAPI version that it names. */
export async function validateOpenApi(document: object): Promise<OpenApiValidity> {
  const running = promisify(execFile)(process.execPath, [join(__dirname, 'openapi-validator-child.mjs')]);
  running.child.stdin?.end(JSON.stringify(document));
  return JSON.parse((await running).stdout) as OpenApiValidity;
}
