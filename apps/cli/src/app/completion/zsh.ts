import { allCommands, type CompletedCommand } from './command-tree';
import { casePatterns, choiceCases, shellQuote, valueOptions } from './shell-cases';

/** A script for a file `_aitbc` in `$fpath`, or to be sourced after `compinit`. */
export function zshCompletion(program: CompletedCommand): string {
  const commands = allCommands(program);
  return `#compdef aitbc
# Completion of aitbc for zsh: source <(aitbc completion zsh)
_aitbc() {
  local at='' word
  local -a offered flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at/$word" in
      (${casePatterns(commands.slice(1).map(({ path }) => path))}) at="$at/$word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${choiceCases(commands, (pattern, choices) => `    (${pattern}) compadd -- ${choices.map(shellQuote).join(' ')}; return ;;`)}
    (${valueOptions(commands, ['file'])}) _files; return ;;
    (${valueOptions(commands, ['any'])}) return ;;
  esac
  case "$at" in
${commands.map(commandCase).join('\n')}
  esac
  _describe -t commands 'command' offered
  _describe -t options -o 'option' flags
}
if [[ $funcstack[1] == _aitbc ]]; then _aitbc "$@"; else compdef _aitbc aitbc; fi
`;
}

function commandCase({ path, children, options, values, takesFile }: CompletedCommand): string {
  const offered = [...children.map(({ name, description }) => described(name, description)), ...values.map(shellQuote)];
  const flags = options.flatMap(({ names, description }) => names.map((name) => described(name, description)));
  const files = takesFile ? ' [[ $PREFIX == -* ]] || _files;' : '';
  return `    (${shellQuote(path)}) offered=(${offered.join(' ')}); flags=(${flags.join(' ')});${files} ;;`;
}

function described(word: string, description: string): string {
  return shellQuote(`${word}:${description}`);
}
