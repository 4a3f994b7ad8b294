import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportDocument } from './report-document';
import { reportPage } from './report-page';

/**
 * Leaves `report.json` and `report.html` in a folder. Who reads one meanwhile gets the old one or the new one, whole.
 * @throws Error when the folder cannot be written to
 */
export function writeReport(folder: string, report: ReportDocument): void {
  mkdirSync(folder, { recursive: true });
  replace(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  replace(join(folder, 'report.html'), reportPage(report));
}

function replace(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
