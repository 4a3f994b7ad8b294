import { readFile } from 'node:fs/promises';
import { RequestSchema } from '../executors/request-schema';
import { COMMAND_FILE, type CommandDefinition } from './command-definition';
import { placeholdersOf } from './template';

/**
 * The commands of the operator's file.
 * @throws Error that names the file and what is wrong with it: a miner must not start with half of its commands.
 */
export async function readCommandFile(path: string): Promise<readonly CommandDefinition[]> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    const { commands } = COMMAND_FILE.parse(Object(content) as Record<string, unknown>);
    for (const command of commands) checkReferences(command);
    return commands;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the command file ${path} cannot be used: ${reason}`, { cause: error });
  }
}

/** Finds misspelt names now, rather than in the first job. */
function checkReferences(command: CommandDefinition): void {
  new RequestSchema(command.schema);
  const fields = Object.keys(command.schema.properties ?? {});
  const inputs = Object.keys(command.inputs);
  const outputs = Object.values(command.outputs);
  const references: [string, readonly string[], readonly string[]][] = [
    ['args', command.args.flat().flatMap(placeholdersOf), [...fields, ...inputs, ...Object.keys(command.outputs)]],
    ['outputs', outputs.flatMap((one) => placeholdersOf(`${one.file ?? ''} ${one.media_type}`)), fields],
    ['inputs', Object.values(command.inputs).map((one) => one.url ?? one.text ?? ''), fields],
    ['values', Object.keys(command.values), fields],
    ['stdin', command.stdin === undefined ? [] : [command.stdin], inputs],
  ];
  for (const [where, used, known] of references) {
    const unknown = used.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new Error(`${command.kind}: ${where} names ${unknown.join(', ')}, which nothing defines`);
  }
}
