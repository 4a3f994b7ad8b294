import { waitFor } from '@aitbc/shared-core/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShadowReport } from '../cutover/shadow-report';
import type { TestBed } from './test-bed';

export interface Sides {
  readonly release: string;
  readonly service: string;
}

/** Mirrors these paths to a shadow of its own, and gives what it has left behind when it is stopped. */
export async function shadowed(bed: TestBed, { release, service }: Sides, paths: readonly string[], key: string) {
  const out = bed.folder.file(`shadow-${new URL(service).port}`);
  const args = ['--release', release, '--service', service, '--port', '0', '--out', out, '--fail-on-difference'];
  const { process, log, stdout } = bed.launch('shadow-diff', {}, args);
  const url = await process.listening();
  for (const path of paths) {
    const { status } = await fetch(url + path, { headers: { 'x-api-key': key, accept: 'application/json' } });
    if (status !== 204) throw new Error(`${path} was mirrored with ${status}`);
  }
  await waitFor(async () => seen(await reportAt(url)) === paths.length, { timeoutMs: 30_000, everyMs: 50 });
  const exitCode = await process.stop();
  const [text, page] = ['report.json', 'report.html'].map((name) => readFileSync(join(out, name), 'utf8'));
  return { exitCode, page, text, log: log(), stdout, report: JSON.parse(text ?? '') as ShadowReport };
}

function seen({ totals: { compared, skipped, dropped } }: ShadowReport): number {
  return compared + skipped + dropped;
}

async function reportAt(url: string): Promise<ShadowReport> {
  const response = await fetch(`${url}/report.json`);
  return (await response.json()) as ShadowReport;
}
