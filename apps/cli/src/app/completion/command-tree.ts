import type { Argument, Command, Option } from 'commander';

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `--status`, and `-s` where there is one. */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: 'none' | 'any' | 'file' | readonly string[];
}

/** A command, or a group of them. */
export interface CompletedCommand {
  /** `/workflows/run`; empty for the program itself. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly children: readonly CompletedCommand[];
  /** Values that its arguments may have. */
  readonly values: readonly string[];
  /** Whether an argument is a file. */
  readonly takesFile: boolean;
}

const HELP: CompletedOption = { names: ['--help', '-h'], description: 'show help', value: 'none' };

/** The program's commands, each with the options of those around it, as the parser takes them too. */
export function commandTree(program: Command): CompletedCommand {
  return nodeOf(program, '', []);
}

/** The command and all below it. */
export function allCommands(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.children.flatMap(allCommands)];
}

function nodeOf(command: Command, path: string, inherited: readonly CompletedOption[]): CompletedCommand {
  const own = command.options.map(optionOf);
  const passedOn = [...inherited, ...own.filter(({ names }) => !names.includes('--version'))];
  return {
    path,
    name: command.name(),
    description: command.description(),
    options: [...own, ...inherited, HELP],
    children: command.commands.map((child) => nodeOf(child, `${path}/${child.name()}`, passedOn)),
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    takesFile: command.registeredArguments.some(isFile),
  };
}

function optionOf({ long, short, description, required, argChoices, flags }: Option): CompletedOption {
  const names = [long, short].filter((name) => name !== undefined);
  const kind = flags.includes('<file>') ? 'file' : 'any';
  return { names, description, value: required ? (argChoices ?? kind) : 'none' };
}

function isFile(argument: Argument): boolean {
  return argument.name().includes('file');
}
