import { parseArgs } from 'node:util';
import { changeWays } from './change-ways';
import { readDescription } from './description';
import { UsageError } from './errors';
import { routerFolder, runProgram } from './program';
import { agentsWayText, parseAgentsWay, type Ways } from './ways';
import { WaysFolder } from './ways-folder';

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
  const now = folder.read();
  if (positionals.length > 0) {
    const wanted = positionals.reduce((ways, change) => changed(ways, change, releases), now as Ways);
    await changeWays(description, folder, wanted, values.force);
  }
  process.stdout.write(`${waysLine(folder.read())}\n`);
  return 0;
}

function changed(ways: Ways, change: string, releases: readonly string[]): Ways {
  const [what, value = ''] = change.split('=', 2);
  if (what === 'agents') return { ...ways, agents: parseAgentsWay(value, releases) };
  if (what === 'shadow' && (value === 'on' || value === 'off')) return { ...ways, shadow: value === 'on' };
  throw new UsageError(`'${change}' is no change of a way`);
}

function waysLine({ agents, shadow, since }: ReturnType<WaysFolder['read']>): string {
  return `agents=${agentsWayText(agents)} shadow=${shadow ? 'on' : 'off'} (since ${since})`;
}

runProgram(USAGE, main);
