import { join } from 'node:path';
import { callersVariables } from './environment';
import { judge } from './suites/judge';
import { LoggedFaults } from './suites/logged-faults';
import { SuiteServices } from './suites/suite-services';
import { targetOf } from './suites/suite-target';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');

/**
 * `node suite.js SUITE [ARGS]`: runs an end-to-end suite, with Jest's arguments, against services of its own, or against
 * those that BASE_URL, COORDINATOR_URL and ADMIN_KEY name; gives the exit code. A warning or an error in the log of its own
 * services fails the run.
 */
async function main([suite, ...args]: string[]): Promise<number> {
  if (suite === undefined) throw new Error('usage: suite.js SUITE [arguments of Jest]');
  const given = callersVariables(['BASE_URL', 'COORDINATOR_URL', 'ADMIN_KEY']);
  if (given['BASE_URL'] && given['ADMIN_KEY']) return judge(ROOT, suite, args, given);
  const logged = new LoggedFaults();
  const services = await SuiteServices.start({
    dist: join(ROOT, 'dist'),
    onLine: (service, line) => logged.add(service, line),
  });
  try {
    const code = await judge(ROOT, suite, args, targetOf(suite, { ...services.urls, adminKey: services.adminKey }));
    const complaints = logged.take();
    for (const line of complaints) process.stderr.write(`logged while nothing was wrong: ${line}\n`);
    return complaints.length > 0 ? 1 : code;
  } finally {
    await services.stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
