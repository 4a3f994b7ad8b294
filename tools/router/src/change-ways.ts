import { OperatorError } from '@aitbc/operator-programs';
import type { RouterDescription } from './description';
import { AGENT_PREFIX } from './nginx/variables';
import { probe, sentence, whyNoAgents } from './probe';
import { agentsWayText, type AgentsWay, type Ways } from './ways';
import type { WaysFolder } from './ways-folder';

/** Who must be able to serve before anybody is sent there. */
interface Target {
  /** As `X-Served-By` names it. */
  readonly name: string;
  readonly address: string;
}

/** Who serves agents on a way. */
export function targetsOf(way: AgentsWay, description: RouterDescription): readonly Target[] {
  const service = { name: 'agent-management', address: description.agentManagement };
  const release = (name: string): Target => {
    const found = description.releases.find((each) => each.name === name);
    if (!found) throw new OperatorError(`the router has no release '${name}'`);
    return { name, address: found.address };
  };
  switch (way.to) {
    case 'service':
      return [service];
    case 'proxy':
      return [{ name: 'coordinator-api', address: description.coordinator }];
    case 'release':
      return [release(way.release)];
    case 'canary':
      return [...(way.percent > 0 ? [service] : []), ...(way.percent < 100 ? [release(way.release)] : [])];
  }
}

/**
 * Sets other ways, provided that those who are to serve from now on can, and sees that nginx goes by them; else the ways are
 * as before. What stays as it is is not asked: who leaves the dead must not be held back by them.
 * @param force sets them without asking anybody, such as when all are down
 * @throws OperatorError that says who cannot serve.
 */
export async function changeWays(
  description: RouterDescription,
  folder: WaysFolder,
  { now, wanted, force }: { readonly now: Ways; readonly wanted: Ways; readonly force: boolean },
): Promise<void> {
  if (force) return folder.write(wanted);
  const changesAgents = agentsWayText(now.agents) !== agentsWayText(wanted.agents);
  const troubles = [
    ...(changesAgents ? await troublesOf(targetsOf(wanted.agents, description)) : []),
    ...(wanted.shadow && !now.shadow ? await shadowTrouble(description) : []),
  ];
  if (troubles.length > 0) {
    throw new OperatorError(`nothing was changed: ${troubles.join('; ')} (--force sets it all the same)`);
  }
  folder.write(wanted);
  const trouble = changesAgents ? await whyNotInEffect(description, wanted.agents) : undefined;
  if (trouble === undefined) return;
  folder.write(now);
  throw new OperatorError(`${trouble}; the ways are as before`);
}

async function troublesOf(targets: readonly Target[]): Promise<string[]> {
  const found = await Promise.all(
    targets.map(async (target) => ({ ...target, why: await whyNoAgents(target.address) })),
  );
  return found.flatMap(({ name, address, why }) => (why === undefined ? [] : [`${name} (${address}): ${why}`]));
}

async function shadowTrouble({ shadow }: RouterDescription): Promise<string[]> {
  const comparison = await probe(shadow, '/ready');
  return comparison.status === 200 ? [] : [`shadow-diff (${shadow}): ${sentence(comparison)}`];
}

/** A stranger's request, which nobody needs to serve to be seen passing. */
async function whyNotInEffect(description: RouterDescription, way: AgentsWay): Promise<string | undefined> {
  const seen = await probe(description.listen, `${AGENT_PREFIX}agents`);
  if (seen.status === undefined) return `the router does not answer on ${description.listen} (${sentence(seen)})`;
  const by = seen.headers['x-served-by'] ?? 'nobody';
  const expected = targetsOf(way, description).map(({ name }) => name);
  if (expected.includes(String(by))) return undefined;
  return `the router at ${description.listen} had ${String(by)} serve a request on the way ${agentsWayText(way)}`;
}
