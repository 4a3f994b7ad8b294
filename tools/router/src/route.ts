import { exclusively, runProgram, UsageError } from '@aitbc/operator-programs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { changeWays } from './change-ways';
import { readDescription } from './description';
import { routerFolder } from './router-folder';
import { FIRST_WAYS, parseAgentsWay, type Ways } from './ways';
import { WaysFolder, waysLine } from './ways-folder';

const USAGE = `usage: route [agents=WAY] [shadow=on|off] [--folder DIR] [--force]
  WAY       service | proxy | canary:N[@RELEASE] | RELEASE (such as monolith)
  --folder  of the router; default: var/router, or /var/lib/aitbc/router
  --force   changes it though somebody cannot serve, and without looking whether it took effect
Without a change it prints the ways that are set.`;

/** `route`: who serves the agent context, from the next request on. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { folder: { type: 'string' }, force: { type: 'boolean', default: false } },
  });
  const description = readDescription(routerFolder(values.folder));
  const releases = description.releases.map(({ name }) => name);
  const folder = new WaysFolder(description.folder, releases);
  if (positionals.length > 0) {
    await exclusively(join(description.folder, 'route.lock'), async () => {
      const now = present(folder, positionals);
      const wanted = positionals.reduce((ways, change) => changed(ways, change, releases), now);
      await changeWays(description, folder, { now, wanted, force: values.force });
    });
  }
  process.stdout.write(`${waysLine(folder.read())}\n`);
  return 0;
}

/** What is set; when that cannot be told, and who serves is about to be said anew, the ways of a new router. */
function present(folder: WaysFolder, changes: readonly string[]): Ways {
  try {
    return folder.read();
  } catch (error) {
    if (!changes.some((change) => change.startsWith('agents='))) throw error;
    process.stderr.write(`${(error as Error).message}; taken as those of a new router\n`);
    return FIRST_WAYS;
  }
}

function changed(ways: Ways, change: string, releases: readonly string[]): Ways {
  const [what, value = ''] = change.split('=', 2);
  if (what === 'agents') return { ...ways, agents: parseAgentsWay(value, releases) };
  if (what === 'shadow' && (value === 'on' || value === 'off')) return { ...ways, shadow: value === 'on' };
  throw new UsageError(`'${change}' is no change of a way`);
}

runProgram(USAGE, main);
