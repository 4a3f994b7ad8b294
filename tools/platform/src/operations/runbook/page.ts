/** A heading with what stands in `sh` blocks below it, up to the next heading. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

/** The sections of a page that have commands, in order. */
export function sectionsOf(page: string): Section[] {
  const parts = page.split(/^(?=#{2,3} )/m);
  const sections = parts.map((part) => ({
    title: /^#{2,3} (.+)$/m.exec(part)?.[1] ?? '',
    blocks: [...part.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text),
  }));
  return sections.filter(({ blocks }) => blocks.length > 0);
}
