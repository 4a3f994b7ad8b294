import { allCommands, type CompletedCommand, type CompletedOption } from './command-tree';

/** A script for `~/.config/fish/completions/aitbc.fish`. */
export function fishCompletion(program: CompletedCommand): string {
  const commands = allCommands(program);
  return `# Completion of aitbc for fish: aitbc completion fish | source
function __aitbc_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at/$word"
            case ${commands
              .slice(1)
              .map(({ path }) => quote(path))
              .join(' ')}
                set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c aitbc -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CompletedCommand): string[] {
  const begin = `complete -c aitbc -n ${quote(`__aitbc_at '${command.path}'`)}`;
  return [
    ...command.children.map(({ name, description }) => `${begin} -a ${quote(name)} -d ${quote(description)}`),
    ...(command.values.length > 0 ? [`${begin} -a ${quote(command.values.join(' '))}`] : []),
    ...(command.takesFile ? [`${begin} -F`] : []),
    ...command.options.map((option) => `${begin} ${optionFlags(option)}`),
  ];
}

function optionFlags({ names, description, value }: CompletedOption): string {
  const spelled = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...spelled, ...valueFlags(value), '-d', quote(description)].join(' ');
}

function valueFlags(value: CompletedOption['value']): string[] {
  if (value === 'none') return [];
  if (value === 'file') return ['-r', '-F'];
  return value === 'any' ? ['-x'] : ['-x', '-a', quote(value.join(' '))];
}

/** In fish's single quotes only the backslash and the quote mean something. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
