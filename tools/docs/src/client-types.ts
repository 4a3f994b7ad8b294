import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { OpenApiDocument } from '@aitbc/shared-core';

const HEAD = `/* Generated from the OpenAPI document by \`npx nx run docs:write\`; a test compares it. */\n\n`;

/** See `write-client-types.mjs`. */
export function clientTypes(document: OpenApiDocument): string {
  const program = join(__dirname, 'write-client-types.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    input: JSON.stringify(document),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`no types could be made:\n${stderr}`);
  return HEAD + stdout;
}
