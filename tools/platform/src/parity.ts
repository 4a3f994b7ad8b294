import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenPromises } from './parity/openapi-additions';
import { changedSuiteFiles, PARITY_SUITE } from './parity/frozen-suite';
import { Progress } from './progress';
import { throughWays } from './parity/through-ways';
import { builtReleaseNamed } from './releases/build-release';
import { judge } from './suites/judge';
import { LoggedFaults } from './suites/logged-faults';
import { SuiteServices } from './suites/suite-services';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const RELEASE = 'monolith';
const SHOWN = 20;
/** Directly at nobody: A, B and both sides at once. */
const WAYS = ['service', 'proxy', 'canary:50'];
const USAGE = 'usage: npm run parity -- [--documents | --ways | --way WAY... [arguments of Jest]]';

/**
 * `npm run parity`: the suite as it was before the extraction, on agent-management and then on the release before it, over
 * the database that today's services have made; the API of the release against today's; no complaint in either log.
 * Gives what is wrong.
 * @param onlyDocuments no suite runs: on agent-management it is a test of its own, and the release is judged in the rollback drill
 */
async function parity(onlyDocuments: boolean, progress: Progress): Promise<string[]> {
  const release = await builtOne();
  const faults = changedSuiteFiles(ROOT, release).map((file) => `${file} is not as the release has it`);
  const logged = new LoggedFaults();
  const onLine = (service: string, line: string) => {
    progress.keep(service, line);
    logged.add(service, line);
  };
  const services = await SuiteServices.start({ dist: join(ROOT, 'dist'), onLine });
  const run = async (name: string, BASE_URL: string): Promise<void> => {
    progress.say(`${PARITY_SUITE} on ${name}`);
    const target = { BASE_URL, COORDINATOR_URL: services.urls.coordinator, ADMIN_KEY: services.adminKey };
    if ((await judge(ROOT, PARITY_SUITE, [], target)) !== 0) faults.push(`${PARITY_SUITE} fails on ${name}`);
  };
  try {
    // The coordinator describes what both services serve.
    const today = await documentOf(services.urls.coordinator);
    if (!onlyDocuments) await run('agent-management', services.urls.agents);
    faults.push(...logged.take().map((line) => `logged while nothing was wrong: ${line}`));
    const url = await services.replaceAgents(release);
    if (!onlyDocuments) await run(`the release '${release.name}'`, url);
    const promised = await documentOf(url);
    progress.say(
      `OpenAPI: ${Object.keys(promised.paths).length} paths of the release against ${Object.keys(today.paths).length}`,
    );
    faults.push(...brokenPromises(promised, today).map((sentence) => `the API of the release: ${sentence}`));
  } finally {
    await services.stop();
  }
  return faults;
}

const builtOne = () => builtReleaseNamed(ROOT, RELEASE, (sentence) => progress.say(sentence));

interface Described {
  readonly paths: Readonly<Record<string, object>>;
}

async function documentOf(url: string): Promise<Described> {
  return (await (await fetch(`${url}/openapi.json`)).json()) as Described;
}

async function run(): Promise<string[]> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      documents: { type: 'boolean', default: false },
      ways: { type: 'boolean', default: false },
      way: { type: 'string', multiple: true, default: [] },
    },
  });
  const ways = values.ways ? WAYS : values.way;
  if ((values.documents && ways.length > 0) || (ways.length === 0 && positionals.length > 0)) throw new Error(USAGE);
  if (ways.length === 0) return parity(values.documents, progress);
  return throughWays({ root: ROOT, release: await builtOne(), ways, args: positionals, progress });
}

const progress = new Progress();
run().then(
  (faults) => {
    for (const fault of faults.slice(0, SHOWN)) progress.show(`FAULT  ${fault}`);
    progress.say(faults.length === 0 ? 'Nobody can tell them apart.' : `${faults.length} faults.`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    progress.fail(error);
    process.exitCode = 1;
  },
);
