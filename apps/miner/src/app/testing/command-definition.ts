import { COMMAND_FILE, type CommandDefinition } from '../command/command-definition';

/** A command definition with the defaults of a command file. */
export function commandDefinition(definition: Partial<CommandDefinition> & { command: string }): CommandDefinition {
  const complete = { kind: 'test', args: [], schema: { type: 'object' }, ...definition };
  const [command] = COMMAND_FILE.parse({ commands: [complete] }).commands;
  if (!command) throw new Error('the command file lost its command');
  return command;
}
