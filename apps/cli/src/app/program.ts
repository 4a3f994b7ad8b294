import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { addAgentCommands } from './commands/agents';
import { addCompletionCommand } from './commands/completion';
import { addEventCommand } from './commands/events';
import { addExecutionCommands } from './commands/executions';
import { addJobCommands } from './commands/jobs';
import { addKeyCommands } from './commands/keys';
import { addLoginCommand } from './commands/login';
import { addMinerCommands } from './commands/miners';
import { addReceiptCommands } from './commands/receipts';
import { addWebhookCommands } from './commands/webhooks';
import { addWorkflowCommands } from './commands/workflows';
import { CliError, EXIT, type ExitCode } from './errors';
import { type GlobalFlags, type OpenSession, outputFor, Session, type Surroundings } from './session';
import { DEFAULT_AGENT_URL, DEFAULT_URL } from './settings/settings';

const EXIT_CODES = `
Exit codes: 0 done, 1 came to a bad end, 2 wrong command line or file, 3 not found, 4 no key or not allowed,
5 refused as invalid, 6 not in this state, 7 no platform answers, 130 interrupted.

Environment: AITBC_URL, AITBC_AGENT_URL, AITBC_KEY (they win over the stored login), NO_COLOR,
TRACEPARENT (the trace to go on with).`;

/** The whole command line. */
export function createProgram(surroundings: Surroundings): Command {
  const program = new Command('aitbc')
    .description('Workflows of agents, their receipts, jobs and miners on an AITBC platform.')
    .version(version, '-V, --version', 'show the version')
    .option('--url <url>', `the platform; default: AITBC_URL, the stored login, ${DEFAULT_URL}`)
    .option(
      '--agent-url <url>',
      `where its agents are; default: AITBC_AGENT_URL, the stored login, --url, ${DEFAULT_AGENT_URL}`,
    )
    .option('--key <key>', 'the API key; better: AITBC_KEY or `aitbc login`')
    .option('--json', 'write JSON and nothing else to standard output')
    .addHelpText('after', EXIT_CODES);
  settle(program, surroundings);
  const open: OpenSession = (command) => new Session(command.optsWithGlobals<GlobalFlags>(), surroundings);
  addLoginCommand(program, open);
  addAgentCommands(program, open);
  addWorkflowCommands(program, open);
  addExecutionCommands(program, open);
  addEventCommand(program, open);
  addReceiptCommands(program, open);
  addJobCommands(program, open);
  addWebhookCommands(program, open);
  addMinerCommands(program, open);
  addKeyCommands(program, open);
  addCompletionCommand(program, open);
  return program;
}

/** Before subcommands are added, since they inherit it. */
function settle(program: Command, { stdout, stderr }: Surroundings): void {
  program
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Written by `run`, as all errors are.
      outputError: () => undefined,
    });
}

/**
 * Runs one command.
 * @param args what stands behind `aitbc` on the command line.
 */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const program = createProgram(surroundings);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && /^commander\.(help|helpDisplayed|version)$/.test(error.code)) {
      // Help that was not asked for: a group of commands was named without one of them.
      return error.code === 'commander.help' ? EXIT.usage : EXIT.ok;
    }
    // The options may be what is wrong, so that they cannot be asked.
    return outputFor(args.includes('--json'), surroundings).fail(readable(error, surroundings));
  }
}

function readable(error: unknown, { signal }: Surroundings): unknown {
  if (error instanceof CliError) return error;
  if (signal.aborted) return new CliError('Interrupted.', EXIT.interrupted);
  if (!(error instanceof CommanderError)) return error;
  return new CliError(error.message.replace(/^error: /, ''), EXIT.usage, 'See --help of the command.');
}
