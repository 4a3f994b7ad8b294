import { filesEndingIn, readWorkspaceFile } from './workspace';

const readmes = filesEndingIn(['README.md'], 'libs');
/** Names in code type that look like identifiers of ours: `ExpressionPool`, `newId('exec')`, `JOB_EVENTS`. */
const NAME = /^(?:[a-z]+[A-Z]\w*|[A-Z][a-z]\w*|[A-Z]+(?:_[A-Z]+)+)(?=$|[.(])/;

/** The names in a page's prose, and those that its examples import from us. */
function namesIn(page: string): string[] {
  const prose = [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  const imported = [...page.matchAll(/import \{([^}]+)\} from '@aitbc\//g)].flatMap(([, list = '']) => list.split(','));
  return [...new Set([...prose.flatMap((text) => NAME.exec(text)?.[0] ?? []), ...imported.map((name) => name.trim())])];
}

function sourcesOf(folder: string): string {
  return filesEndingIn(['.ts'], folder).map(readWorkspaceFile).join('\n');
}

describe('the README of every library', () => {
  it.each(readmes)('%s names nothing that the library does not have', (readme) => {
    const words = new Set(sourcesOf(readme.replace('README.md', 'src')).match(/\w+/g));
    const names = namesIn(readWorkspaceFile(readme));
    expect(names.filter((name) => !words.has(name))).toEqual([]);
  });

  it('is there, and names something', () => {
    const libraries = filesEndingIn(['project.json'], 'libs').map((path) => path.replace('project.json', 'README.md'));
    expect([...readmes].sort()).toEqual(libraries.sort());
    expect(readmes.filter((readme) => namesIn(readWorkspaceFile(readme)).length === 0)).toEqual([]);
  });

  it('is read for names, not for words', () => {
    const page = "`newId('exec')`, `Page`, `JOB_EVENTS`, `running`, `/api`, `a b`\nimport { leaves } from '@aitbc/x';";
    expect(namesIn(page)).toEqual(['newId', 'Page', 'JOB_EVENTS', 'leaves']);
  });
});
