import { join } from 'node:path';
import { parseArguments, USAGE } from './arguments';
import { describeMachine } from './machine';
import { type Report, renderReport, rowsOf, writeReport } from './report';
import { runScenarios, select } from './run';
import { scenarios } from './scenarios';

/** The built workspace that this file is part of: `dist/tools/bench/main.js`. */
const DIST = join(__dirname, '../..');

/** Measures what the arguments name; the exit code is 1 when an answer was wrong, whatever the figures are. */
async function main(): Promise<number> {
  const options = parseArguments(process.argv.slice(2));
  if (options.help) return say(USAGE);
  if (options.list) return say(scenarios.map(({ name }) => name).join('\n'));
  const selected = select(scenarios, options.only);
  const at = new Date().toISOString();
  const machine = describeMachine();
  const measured = await runScenarios(selected, {
    dist: DIST,
    scale: options.scale,
    runs: options.runs,
    serviceArguments: options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`],
    // On standard error, so that the table alone can be kept.
    say: (line) => console.error(line),
  });
  const report: Report = {
    at,
    machine,
    quick: options.quick,
    duration: options.scale.durationMs / 1_000,
    rows: rowsOf(selected, measured),
    failures: measured.failures,
  };
  say(renderReport(report));
  const file = options.json ?? join(DIST, '../bench-results', `${at.replaceAll(':', '-')}.json`);
  writeReport(file, report);
  console.error(`written to ${file}`);
  return report.failures.length === 0 ? 0 : 1;
}

function say(text: string): 0 {
  console.log(text);
  return 0;
}

// Without these an interrupted run would leave its services and folders behind: `exit` handlers end them.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
