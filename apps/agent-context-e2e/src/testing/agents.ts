import { type Actor, unique } from './actors';
import { ed25519 } from './jws';
import { AGENTS, REGISTER } from './paths';

/** The body of a registration that is accepted. */
export function agentBody(more: object = {}) {
  return { name: unique('agent'), public_key: ed25519().publicJwk, capabilities: ['reading'], ...more };
}

/** Registers an agent; gives its id. */
export async function registered({ http }: Actor, more: object = {}): Promise<string> {
  const { body } = await http.post(REGISTER, agentBody(more));
  return body.agent.agent_id;
}

/** Registers an agent that may run workflows; gives its id. */
export async function active(owner: Actor, more: object = {}): Promise<string> {
  const id = await registered(owner, more);
  await owner.http.post(`${AGENTS}/${id}/activate`, undefined, 200);
  return id;
}
