import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash';
import { commandTree, type CompletedCommand } from '../completion/command-tree';
import { fishCompletion } from '../completion/fish';
import { zshCompletion } from '../completion/zsh';
import type { OpenSession } from '../session';
import { argumentChoice } from './options';

type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS: Readonly<Record<Shell, (program: CompletedCommand) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `aitbc completion` */
export function addCompletionCommand(program: Command, open: OpenSession): void {
  program
    .command('completion')
    .description('write a script that completes these commands in a shell')
    .addArgument(argumentChoice('<shell>', 'for which shell', Object.keys(SCRIPTS)))
    .addHelpText('after', '\nFor example, in ~/.bashrc: source <(aitbc completion bash)')
    .action((shell: Shell, _options: object, command: Command) => {
      const script = SCRIPTS[shell](commandTree(program));
      open(command).out.result({ shell, script }, () => script);
    });
}
