import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeBlocks, headingAnchors, linkTargets } from './markdown';
import { filesEndingIn, readWorkspaceFile, workspaceRoot } from './workspace';

const pages = filesEndingIn(['.md']);

/** What is wrong with a link, or `undefined`. Links to other sites are left alone: they fail when the site is down. */
function problemOf(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(workspaceRoot, path))) return `${page}: there is no ${target}`;
  if (anchor === undefined) return undefined;
  return headingAnchors(readWorkspaceFile(path)).includes(anchor) ? undefined : `${page}: no heading ${target}`;
}

describe('the documentation', () => {
  it('links only to files and headings that exist', () => {
    const links = pages.flatMap((page) => linkTargets(readWorkspaceFile(page)).map((target) => ({ page, target })));
    expect(links.length).toBeGreaterThan(20);
    expect(links.flatMap(({ page, target }) => problemOf(page, target) ?? [])).toEqual([]);
  });

  it('notices a link to a missing file, and one to a missing heading', () => {
    expect(problemOf('README.md', 'docs/absent.md')).toBe('README.md: there is no docs/absent.md');
    expect(problemOf('docs/dependencies.md', '#absent')).toBe('docs/dependencies.md: no heading #absent');
    expect(problemOf('docs/dependencies.md', '../README.md')).toBeUndefined();
  });

  it('is where comments and pages say it is', () => {
    const mentions = filesEndingIn(['.md', '.ts', '.mjs']).flatMap((file) =>
      [...readWorkspaceFile(file).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([path]) => ({ file, path })),
    );
    const known = mentions.filter(({ file }) => file !== 'tools/docs/src/links.spec.ts');
    expect(known.length).toBeGreaterThan(5);
    expect(known.filter(({ path }) => !existsSync(join(workspaceRoot, path)))).toEqual([]);
  });
});

describe('the Markdown reader', () => {
  const page = '# One `two` (three)\n\nText [a](b.md).\n\n`[no](link)`:\n\n```sh\n[no](link)\n# no heading\n```\n';

  it('finds code with the line before it, and links and headings outside of code', () => {
    expect(codeBlocks(page)).toEqual([
      { language: 'sh', text: '[no](link)\n# no heading\n', introduction: '`[no](link)`:' },
    ]);
    expect(linkTargets(page)).toEqual(['b.md']);
    expect(headingAnchors(page)).toEqual(['one-two-three']);
  });
});
