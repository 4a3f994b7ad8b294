import type { CompletedCommand, CompletedOption } from './command-tree';

/** A text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Texts as the patterns of one branch of a `case`. */
export function casePatterns(texts: readonly string[]): string {
  return texts.map(shellQuote).join('|');
}

/** Branches for `"$at $before"`, one for each option that has a choice of values. */
export function choiceCases(
  commands: readonly CompletedCommand[],
  branch: (pattern: string, choices: readonly string[]) => string,
): string {
  const branches = commands.flatMap((command) =>
    command.options.flatMap((option) => {
      const { value } = option;
      return typeof value === 'string' ? [] : [branch(casePatterns(placesOf(command, option)), value)];
    }),
  );
  return branches.join('\n');
}

/** The patterns for `"$at $before"` of all options whose values are of these kinds. */
export function valueOptions(commands: readonly CompletedCommand[], kinds: readonly ('file' | 'any')[]): string {
  const places = commands.flatMap((command) =>
    command.options
      .filter(({ value }) => kinds.some((kind) => kind === value))
      .flatMap((option) => placesOf(command, option)),
  );
  return casePatterns(places);
}

function placesOf({ path }: CompletedCommand, { names }: CompletedOption): string[] {
  return names.map((name) => `${path} ${name}`);
}
