import type { RouterDescription } from './description';
import { RouterError } from './errors';
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
    if (!found) throw new RouterError(`the router has no release '${name}'`);
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
 * Sets other ways, provided that those who then serve can, and sees that nginx goes by them; else the ways are as before.
 * @param force sets them without asking anybody, such as when all are down
 * @throws RouterError that says who cannot serve.
 */
export async function changeWays(
  description: RouterDescription,
  folder: WaysFolder,
  wanted: Ways,
  force: boolean,
): Promise<void> {
  if (force) return folder.write(wanted);
  await requireServing(description, wanted);
  const before = folder.read();
  folder.write(wanted);
  const trouble = await whyNotInEffect(description, wanted.agents);
  if (trouble === undefined) return;
  folder.write(before);
  throw new RouterError(`${trouble}; the ways are as before`);
}

async function requireServing(description: RouterDescription, { agents, shadow }: Ways): Promise<void> {
  const targets = targetsOf(agents, description);
  const troubles = await Promise.all(
    targets.map(async (target) => ({ target, why: await whyNoAgents(target.address) })),
  );
  const comparison = shadow ? await probe(description.shadow, '/ready') : undefined;
  const sentences = [
    ...troubles.flatMap(({ target, why }) => (why === undefined ? [] : [`${target.name} (${target.address}): ${why}`])),
    ...(comparison && comparison.status !== 200
      ? [`shadow-diff (${description.shadow}): ${sentence(comparison)}`]
      : []),
  ];
  if (sentences.length > 0) throw new RouterError(`nothing was changed: ${sentences.join('; ')}`);
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
