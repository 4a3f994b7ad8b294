/**
 * Runs every check of the workspace and goes on after a failed one, so that one run tells all.
 *
 *     node tools/run-checks.mjs              what is unchanged since the last run comes from Nx's cache
 *     node tools/run-checks.mjs --full       nothing from the cache, and the long tests too (TEST_FULL=1), with parity,
 *                                            the router and the drills, which need nginx, and the crash tests
 *     node tools/run-checks.mjs --affected   only projects that changed since NX_BASE (default: see defaultBase)
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

const options = ['--parallel=2', '--output-style=static'];
/** Of each project by itself, so that those which did not change can be left out. */
const targets = ['-t', 'lint', 'typecheck', 'build', 'test', ...options];
/** One lint run and one compilation over all projects read what they share once: half the time of one for each. */
const wholeTargets = ['lint-all', 'typecheck-all', 'test'];

/**
 * The platform's tests start real processes and wait for them most of the time, for minutes. Nx would run them last, and
 * alone; so they have a lane of their own beside the others, which take the processors while they wait. What both lanes
 * need is built before.
 */
const wholeWorkspace = [
  [['nx', 'run-many', '-t', 'build', ...options]],
  [
    ['nx', 'run-many', '-t', 'test', '-p', 'platform', '--output-style=static'],
    ['nx', 'run-many', '-t', ...wholeTargets, '--exclude=platform', ...options],
  ],
];
const mode = process.argv[2] ?? '';

const environment = {
  ...process.env,
  NX_NO_CLOUD: 'true', // results stay on this machine
  NX_DAEMON: 'false', // a daemon would outlive the run
  NX_TUI: 'false',
  ...(mode === '--full' ? { TEST_FULL: '1' } : {}),
};

/** The branch point from main; on main itself, the commit before. */
function defaultBase() {
  const commit = (revision) => execFileSync('git', ['rev-parse', revision], { encoding: 'utf8' }).trim();
  return commit('HEAD') === commit('main') ? 'HEAD~1' : 'main';
}

const script = (name, ...args) => ['npm', 'run', '--silent', name, ...(args.length > 0 ? ['--', ...args] : [])];

/** Not in `npm test`, which needs nothing but what `npm ci` brings, and no history. */
const longRuns = [
  script('parity'),
  script('parity', '--ways'),
  script('test:ways'),
  script('test:operations'),
  script('drill:cutover', '--long'),
  script('drill:rollback'),
  script('drill:outage'),
  script('drill:stop', '--runs', '5'),
  script('drill:backup'),
  // Hundreds of kills, in minutes; without TEST_FULL=1 some tens.
  script('test:crash'),
];

/** The commands that make up `mode`, as argument lists: one group after another, those of a group at the same time. */
function checksOf() {
  const wholeTree = ['format:check', 'knip', 'jscpd'].map((script) => [['npm', 'run', '--silent', script]]);
  if (mode === '') return [...wholeWorkspace, ...wholeTree];
  if (mode === '--full') {
    // In one lane: without the cache each lane would build what the other one runs.
    const all = ['nx', 'run-many', '-t', ...wholeTargets, 'build', ...options, '--skip-nx-cache'];
    return [[all], ...wholeTree, ...longRuns.map((command) => [command])];
  }
  if (mode === '--affected')
    return [[['nx', 'affected', ...targets, `--base=${process.env.NX_BASE ?? defaultBase()}`]]];
  throw new Error(`no mode '${mode}': --full, --affected or nothing`);
}

async function run([command, ...args]) {
  const name = [command, ...args].join(' ');
  console.log(`\n> ${name}`);
  const child = spawn(command, args, { stdio: 'inherit', env: environment });
  const [code] = await once(child, 'exit').catch((error) => [console.error(error.message)]);
  return { name, passed: code === 0 };
}

const results = [];
for (const group of checksOf()) results.push(...(await Promise.all(group.map(run))));
console.log('');
for (const { name, passed } of results) console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
