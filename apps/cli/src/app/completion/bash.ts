import { allCommands, type CompletedCommand } from './command-tree';
import { casePatterns, choiceCases, shellQuote, valueOptions } from './shell-cases';

/** A script for `~/.bashrc`. What it offers nothing for, bash completes with names of files. */
export function bashCompletion(program: CompletedCommand): string {
  const commands = allCommands(program);
  return `# Completion of aitbc for bash: source <(aitbc completion bash)
_aitbc() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" at='' word offered=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case "$at/$word" in
      ${casePatterns(commands.slice(1).map(({ path }) => path))}) at="$at/$word" ;;
    esac
  done
  COMPREPLY=()
  case "$at $before" in
${choiceCases(commands, (pattern, choices) => `    ${pattern}) offered=${shellQuote(choices.join(' '))} ;;`)}
    ${valueOptions(commands, ['file', 'any'])}) return ;;
    *)
      case "$at" in
${commands.map((command) => `        ${commandCase(command)}`).join('\n')}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _aitbc aitbc
`;
}

function commandCase({ path, children, options, values, takesFile }: CompletedCommand): string {
  const words = [...children.map(({ name }) => name), ...values, ...options.flatMap(({ names }) => names)];
  const condition = takesFile ? '[[ $current != -* ]] || ' : '';
  return `${shellQuote(path)}) ${condition}offered=${shellQuote(words.join(' '))} ;;`;
}
