import { filesEndingIn, readWorkspaceFile } from './workspace';

interface Project {
  readonly name: string;
  readonly targets: object;
}

const { scripts } = JSON.parse(readWorkspaceFile('package.json')) as { scripts: object };
const projects = new Map(
  filesEndingIn(['project.json'])
    .map((file) => JSON.parse(readWorkspaceFile(file)) as Project)
    .map(({ name, targets }) => [name, Object.keys(targets)]),
);

const NPM_RUN = /\bnpm run ([\w:-]+)/g;
const NX = /\bnx (?:run ([\w-]+):([\w-]+)|(build|lint|serve|test|typecheck) ([a-z][\w-]*))/g;

/** Commands of a page that name a script, a project or a target that does not exist. */
function impossibleCommands(page: string): string[] {
  const npm = [...page.matchAll(NPM_RUN)].filter(([, name = '']) => !Object.hasOwn(scripts, name));
  const nx = [...page.matchAll(NX)].filter(([, project, target, verb, of]) => {
    return !projects.get(project ?? of ?? '')?.includes(target ?? verb ?? '');
  });
  return [...npm, ...nx].map(([command]) => command);
}

describe('the commands in the documentation', () => {
  it.each(filesEndingIn(['.md']))('exist: %s', (file) => {
    expect(impossibleCommands(readWorkspaceFile(file))).toEqual([]);
  });

  it('are noticed when they do not', () => {
    const page =
      '`npm run absent`, `npx nx serve contracts`, `nx build shared-domain`, `nx run docs:absent`, `npm run demo`';
    expect(impossibleCommands(page)).toEqual(['npm run absent', 'nx serve contracts', 'nx run docs:absent']);
  });
});
