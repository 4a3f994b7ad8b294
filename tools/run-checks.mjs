/**
 * Runs every check of the workspace, one after another, and goes on after a failed one, so that one run tells all.
 *
 *     node tools/run-checks.mjs              what is unchanged since the last run comes from Nx's cache
 *     node tools/run-checks.mjs --full       nothing from the cache, and the long tests too (TEST_FULL=1), with parity,
 *                                            the router and the drills, which need nginx, and the crash tests
 *     node tools/run-checks.mjs --affected   only projects that changed since NX_BASE (default: see defaultBase)
 */
import { execFileSync, spawnSync } from 'node:child_process';

const options = ['--parallel=2', '--output-style=static'];
/** Of each project by itself, so that those which did not change can be left out. */
const targets = ['-t', 'lint', 'typecheck', 'build', 'test', ...options];
/**
 * One lint run and one compilation over all projects read what they share once: half the time of one for each.
 *
 * Nx starts last what nothing depends on, and by itself would leave the longest tests, the platform's, alone at the end,
 * with a processor idle. So they come first, together with what fills the time that they take, and the rest after.
 */
const longest = ['platform', 'docs', 'lint-rules'];
const wholeTargets = ['-t', 'lint-all', 'typecheck-all', 'build', 'test', ...options];
const wholeWorkspace = (...flags) => [
  ['nx', 'run-many', ...wholeTargets, `--projects=${longest.join(',')}`, ...flags],
  ['nx', 'run-many', ...wholeTargets, `--exclude=${longest.join(',')}`, ...flags],
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
  script('drill:cutover', '--long'),
  script('drill:rollback'),
  script('drill:outage'),
  script('drill:stop', '--runs', '5'),
  // Hundreds of kills, in minutes; without TEST_FULL=1 some tens.
  script('test:crash'),
];

/** The argument lists of the commands that make up `mode`. */
function checksOf() {
  const wholeTree = ['format:check', 'knip', 'jscpd'].map((script) => ['npm', 'run', '--silent', script]);
  if (mode === '') return [...wholeWorkspace(), ...wholeTree];
  if (mode === '--full') return [...wholeWorkspace('--skip-nx-cache'), ...wholeTree, ...longRuns];
  if (mode === '--affected') return [['nx', 'affected', ...targets, `--base=${process.env.NX_BASE ?? defaultBase()}`]];
  throw new Error(`no mode '${mode}': --full, --affected or nothing`);
}

function run([command, ...args]) {
  const name = [command, ...args].join(' ');
  console.log(`\n> ${name}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: environment });
  if (error) console.error(error.message);
  return { name, passed: status === 0 };
}

const results = checksOf().map(run);
console.log('');
for (const { name, passed } of results) console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
