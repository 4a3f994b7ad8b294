import { runProgram } from '@aitbc/operator-programs';
import { parseArgs } from 'node:util';
import { targetsOf } from './change-ways';
import { readDescription, type RouterDescription } from './description';
import { probe, sentence } from './probe';
import { routerFolder } from './router-folder';
import { agentsWayText, type Ways } from './ways';
import { WaysFolder, waysLine } from './ways-folder';

const USAGE = `usage: status [--folder DIR] [--json]
  --folder  of the router; default: var/router, or /var/lib/aitbc/router
Exit code 1 when somebody who is sent requests cannot serve.`;

interface PartStatus {
  readonly name: string;
  readonly address: string;
  readonly ready: boolean;
  readonly version: string | undefined;
  /** Why it is not ready. */
  readonly trouble: string | undefined;
  /** Of `/ready`, milliseconds. */
  readonly ms: number;
  /** Whether requests go there on the ways that are set, so that its failure is one of the platform. */
  readonly needed: boolean;
}

/** `status`: the ways, and how everybody is that they lead to. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { folder: { type: 'string' }, json: { type: 'boolean' } } });
  const description = readDescription(routerFolder(values.folder));
  const ways = new WaysFolder(
    description.folder,
    description.releases.map(({ name }) => name),
  ).read();
  const parts = await Promise.all(partsOf(description, ways).map(statusOf));
  const agents = agentsWayText(ways.agents);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ agents, shadow: ways.shadow, since: ways.since, parts }, null, 2)}\n`);
  } else {
    process.stdout.write(`${waysLine(ways)}\n`);
    for (const part of parts) process.stdout.write(`${line(part)}\n`);
  }
  return parts.every(({ ready, needed }) => ready || !needed) ? 0 : 1;
}

type Part = Pick<PartStatus, 'name' | 'address' | 'needed'>;

function partsOf(description: RouterDescription, { agents, shadow }: Ways): Part[] {
  const served = targetsOf(agents, description).map(({ name }) => name);
  const part = (name: string, address: string, always = false): Part => ({
    name,
    address,
    needed: always || served.includes(name),
  });
  // What the coordinator passes on, the service answers.
  return [
    part('router', description.listen, true),
    part('coordinator-api', description.coordinator, true),
    part('agent-management', description.agentManagement, agents.to === 'proxy'),
    ...description.releases.map(({ name, address }) => part(name, address)),
    ...(shadow ? [part('shadow-diff', description.shadow, true)] : []),
  ];
}

async function statusOf(part: Part): Promise<PartStatus> {
  const [ready, health] = await Promise.all([probe(part.address, '/ready'), probe(part.address, '/health')]);
  // Another server of the machine's nginx may answer in the router's place, and be content.
  const isOther = part.name === 'router' && ready.headers['x-served-by'] !== 'coordinator-api';
  const isReady = ready.status === 200 && !isOther;
  return {
    ...part,
    ready: isReady,
    version: versionIn(health.body),
    trouble: isReady
      ? undefined
      : isOther
        ? `it does not lead to the coordinator: ${sentence(ready)}`
        : sentence(ready),
    ms: ready.ms,
  };
}

function versionIn(body: string): string | undefined {
  try {
    const { version } = JSON.parse(body) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function line({ name, address, ready, version, trouble, ms, needed }: PartStatus): string {
  const state = ready ? `ready in ${ms} ms` : `NOT READY: ${trouble ?? ''}`;
  const cells = [name.padEnd(18), address.padEnd(22), needed ? 'serves ' : 'standby', (version ?? '').padEnd(8), state];
  return cells.join('  ');
}

runProgram(USAGE, main);
