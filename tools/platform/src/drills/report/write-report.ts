import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { DrillReport } from './drill-report';
import { reportPage } from './html/page';

/** Below the working directory, which is the workspace for every npm script. */
const DEFAULT_ROOT = join('tmp', 'drills');

/** Absolute paths. */
export interface WrittenReport {
  readonly folder: string;
  readonly json: string;
  readonly html: string;
}

/**
 * Writes `report.json` and `report.html` into `ROOT/NAME-YYYYMMDD-HHMMSS` (UTC), and lets the link `ROOT/NAME` point
 * there. Whoever reads while it writes sees all of a file or none of it.
 */
export function writeReport(report: DrillReport, root: string = DEFAULT_ROOT): WrittenReport {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(report.name)) throw new Error(`no name for a folder: ${report.name}`);
  const latest = resolve(root, report.name);
  const folder = `${latest}-${stampOf(report.startedAt)}`;
  mkdirSync(folder, { recursive: true });
  const written = { folder, json: join(folder, 'report.json'), html: join(folder, 'report.html') };
  replace(written.json, `${JSON.stringify(report, null, 2)}\n`);
  replace(written.html, reportPage(report));
  pointTo(folder, latest);
  return written;
}

/** `2026-01-02T03:04:05.678Z` as `20260102-030405`. */
function stampOf(iso: string): string {
  return iso.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

function replace(file: string, content: string): void {
  const part = `${file}.part`;
  writeFileSync(part, content);
  renameSync(part, file);
}

/** A link is replaced by renaming another over it: there is none that could be changed. */
function pointTo(folder: string, link: string): void {
  const part = `${folder}.link`;
  rmSync(part, { force: true });
  symlinkSync(basename(folder), part);
  renameSync(part, link);
}
