import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { ApiProblem, CliError, EXIT } from '../errors';
import type { OpenSession, Session, Surroundings } from '../session';
import { configPath, writeLogin } from '../settings/config-file';
import { checkedKey, type Connection, DEFAULT_AGENT_URL } from '../settings/settings';

/** `aitbc login` */
export function addLoginCommand(program: Command, open: OpenSession): void {
  program
    .command('login')
    .description('check a key and keep it with the URLs of its platform; asks for the key unless it is given')
    .addHelpText(
      'after',
      '\nThe key is best typed or piped in: what is given by --key, other users of the machine see.',
    )
    .action(async (_options: object, command: Command) => login(open(command)));
}

async function login(session: Session): Promise<void> {
  const { environment } = session.surroundings;
  const named = session.connection();
  const { url } = named.coordinator;
  const { url: agentUrl } = named.agents;
  const platform = url === agentUrl ? url : `${url} and ${agentUrl}`;
  const key = checkedKey(
    session.flags.key ?? (environment['AITBC_KEY'] || (await askForKey(session.surroundings, platform))),
  );
  await check(session, { coordinator: { url, key }, agents: { url: agentUrl, key } });
  const path = configPath(environment);
  writeLogin(path, { url, agentUrl, key });
  const result = { url, agent_url: agentUrl, config: path };
  session.out.result(result, () => `The key is good for ${platform}. It is kept in ${path}.`);
}

/** @throws ApiProblem for a key that is none; CliError when the platform, or a part of it, is not at its address. */
async function check(session: Session, connection: Connection): Promise<void> {
  await session.coordinator(connection).services();
  try {
    await session.agents(connection).services();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    // The key of a miner is a good one, though miners may ask nothing here.
    if (error.status === 403) return;
    if (error.status !== 404) throw error;
    const hint = `Give their address too, as in --agent-url ${DEFAULT_AGENT_URL}.`;
    throw new CliError(`${connection.agents.url} serves no agents.`, EXIT.unavailable, hint);
  }
}

/** Types nothing on the screen; from a pipe it is the first line. */
async function askForKey({ stdin, stderr, signal }: Surroundings, platform: string): Promise<string> {
  const input = stdin();
  const isTerminal = input.isTTY;
  if (isTerminal) stderr.write(`Key for ${platform}: `);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silence, terminal: isTerminal });
  // In this mode the terminal sends no signal at Ctrl-C: it is read as a character.
  const left = new AbortController();
  lines.once('SIGINT', () => left.abort());
  lines.once('close', () => left.abort());
  try {
    return (await lines.question('', { signal: AbortSignal.any([signal, left.signal]) })).trim();
  } catch (cause) {
    if (!left.signal.aborted && !signal.aborted) throw cause;
    throw new CliError('No key was given.', EXIT.usage, 'Type it, pipe it in, or set AITBC_KEY.');
  } finally {
    lines.close();
    if (isTerminal) stderr.write('\n');
  }
}
