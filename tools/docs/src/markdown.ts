export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The last line of prose before it. */
  readonly introduction: string;
}

const FENCED = /^```([a-z]*)\n([\s\S]*?)^```$/gm;

/** The fenced code blocks of a page, in order. */
export function codeBlocks(page: string): CodeBlock[] {
  return [...page.matchAll(FENCED)].map(({ 1: language = '', 2: text = '', index }) => ({
    language,
    text,
    introduction: page.slice(0, index).trimEnd().split('\n').at(-1) ?? '',
  }));
}

/** Targets of `[text](target)`, code left aside. */
export function linkTargets(page: string): string[] {
  const prose = page.replace(FENCED, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function headingAnchors(page: string): string[] {
  return [...page.replace(FENCED, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
