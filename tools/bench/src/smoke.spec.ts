import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from './report';
import { scenarios } from './scenarios';

/** The built benchmark, which `nx test bench` brings up to date first. */
const MAIN = join(__dirname, '../../../dist/tools/bench/main.js');

const folder = mkdtempSync(join(tmpdir(), 'aitbc-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it with a temporary folder of its own, in which it must leave nothing. */
async function bench(...args: string[]) {
  const run = promisify(execFile)(process.execPath, [MAIN, ...args], { env: { TMPDIR: folder } });
  const code = await run.then(
    () => 0,
    (error: { code: number }) => error.code,
  );
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return { code, stdout, stderr };
}

it('measures real services in its quick form, and reports as a table and as JSON', async () => {
  const file = join(folder, 'reports/quick.json');
  const names = ['workflow-get', 'execution-latency'];
  const { code, stdout, stderr } = await bench('--quick', '--json', file, ...names);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('run 1 of 1: execution-latency') });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  expect(report).toMatchObject({ quick: true, failures: [], machine: { node: process.version } });
  const figures = scenarios
    .filter(({ name }) => ['express-get', ...names].includes(name))
    .flatMap((one) => one.figures);
  expect(report.rows).toHaveLength(figures.length);
  for (const row of report.rows) {
    expect(row.median).toBeGreaterThan(0);
    expect(stdout).toContain(row.id);
  }
  const get = report.rows.find(({ id }) => id === 'workflow-get.rate');
  const express = report.rows.find(({ id }) => id === 'express-get.rate');
  expect(get?.limit).toBeCloseTo(0.3 * (express?.median ?? 0));
});

it('names its scenarios, and refuses others', async () => {
  const { stdout } = await bench('--list');
  expect(stdout.trim().split('\n')).toEqual(scenarios.map(({ name }) => name));
  expect(await bench('nonsense')).toMatchObject({ code: 2, stderr: expect.stringContaining("no scenario 'nonsense'") });
});
