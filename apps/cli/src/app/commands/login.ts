import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
import type { OpenSession, Session, Surroundings } from '../session';
import { configPath, writeLogin } from '../settings/config-file';
import { checkedKey } from '../settings/settings';

/** `aitbc login` */
export function addLoginCommand(program: Command, open: OpenSession): void {
  program
    .command('login')
    .description('check a key and keep it with the URL of its platform; asks for the key unless it is given')
    .addHelpText(
      'after',
      '\nThe key is best typed or piped in: what is given by --key, other users of the machine see.',
    )
    .action(async (_options: object, command: Command) => login(open(command)));
}

async function login(session: Session): Promise<void> {
  const { environment } = session.surroundings;
  const { url } = session.connection();
  const key = checkedKey(
    session.flags.key ?? (environment['AITBC_KEY'] || (await askForKey(session.surroundings, url))),
  );
  await session.coordinator({ url, key }).services();
  const path = configPath(environment);
  writeLogin(path, { url, key });
  session.out.result({ url, config: path }, () => `The key is good for ${url}. It is kept in ${path}.`);
}

/** Types nothing on the screen; from a pipe it is the first line. */
async function askForKey({ stdin, stderr, signal }: Surroundings, url: string): Promise<string> {
  const input = stdin();
  const isTerminal = input.isTTY;
  if (isTerminal) stderr.write(`Key for ${url}: `);
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
