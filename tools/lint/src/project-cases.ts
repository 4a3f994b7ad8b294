import { dirname, relative } from 'node:path';
import { boundaries, everyWay, importOf, paths } from './rule-cases';
import type { RuleCase } from './rule-cases';

const tags = 'onlyTagsConstraintViolation';
const noPath = 'noRelativeOrAbsoluteImportsAcrossLibraries';
const banned = 'bannedExternalImportsViolation';
const circle = 'noCircularDependencies';

const agentApp = 'apps/agent-management';
const coordinatorApp = 'apps/coordinator-api';
const agentLibraries = ['execution-engine', 'sandbox'];
const coordinatorLibraries = ['coordinator-domain'];
const sharedLibraries = [
  'agent-client',
  'agent-directory',
  'contracts',
  'coordinator-client',
  'inference-client',
  'receipts',
  'shared-core',
  'shared-domain',
];

const main = (app: string): string => `${app}/src/main.ts`;
const index = (library: string): string => `libs/${library}/src/index.ts`;

/** A text that the boundary rule refuses. It needs no types, without which linting is several times as fast. */
function refusedText(name: string, at: string, text: string, messageId: string): RuleCase {
  return { name, at, text, imagined: true, rule: boundaries, messageId };
}

function refused(name: string, at: string, module: string, messageId: string): RuleCase {
  return refusedText(name, at, importOf(module), messageId);
}

/** A text that is refused because it imports one application from the other. */
function inZone(name: string, at: string, text: string): RuleCase {
  return { name, at, text, rule: paths, messageId: 'zone', words: 'over HTTP only' };
}

/** The paths by which a file can reach a folder of the workspace, round the alias of a library. */
function pathsTo(folder: string, at: string): [kind: string, path: string][] {
  return [
    ['a relative path', relative(dirname(at), folder)],
    ['a path from the workspace root', folder],
  ];
}

/** A file may reach a library neither by its alias nor by a path, in whatever way the import is written. */
function acrossScopes(at: string, to: string): RuleCase[] {
  const byAlias = everyWay(`@aitbc/${to}`).map(([way, text]) =>
    refusedText(`${at} may not reach ${to} by ${way}`, at, text, tags),
  );
  return [...byAlias, ...byPath(at, `libs/${to}/src`)];
}

function byPath(at: string, folder: string): RuleCase[] {
  return pathsTo(folder, at).flatMap(([kind, path]) =>
    everyWay(path).map(([way, text]) =>
      refusedText(`${at} may not reach ${folder} by ${way} of ${kind}`, at, text, noPath),
    ),
  );
}

/** Nx and the zones each refuse an application that imports another, so that neither is left alone with the seam. */
function acrossApplications(from: string, to: string): RuleCase[] {
  const folders = [`${from}/src`, `${from}/src/app/core`, `${from}/src/app/testing`];
  return [
    ...byPath(main(from), `${to}/src/main`),
    ...pathsTo(`${to}/src/main`, main(from)).map(([kind, path]) =>
      inZone(`${main(from)} is in a zone that ends before the file ${path}, by ${kind}`, main(from), importOf(path)),
    ),
    ...folders.flatMap((folder) =>
      everyWay(relative(folder, `${to}/src/app/core`)).map(([way, text]) => ({
        ...inZone(`${folder} is in a zone that ends before ${to}, by ${way}`, `${folder}/imagined.ts`, text),
        imagined: true,
      })),
    ),
    {
      ...inZone(
        `a script of ${from} is in that zone too, since the boundary rule reads no JavaScript`,
        `${from}/src/imagined.mjs`,
        importOf(relative(`${from}/src`, `${to}/src/app/core`)),
      ),
      imagined: true,
    },
  ];
}

const entityFile = 'libs/coordinator-domain/src/jobs/job.entity';

/** The coordinator's entities stay its own: agents know a job as what the contracts say of it. */
const entityCases: readonly RuleCase[] = [
  `${agentApp}/src/app/executions/imagined.service.ts`,
  `${agentApp}/src/app/core/imagined.ts`,
  `${agentApp}/src/app/executions/imagined.spec.ts`,
  'libs/execution-engine/src/imagined.ts',
  'libs/sandbox/src/imagined.ts',
].flatMap((at) => [
  refusedText(
    `${at} may not use an entity of the coordinator`,
    at,
    "import { Job } from '@aitbc/coordinator-domain';\nexport const job = new Job();\n",
    tags,
  ),
  refusedText(
    `${at} may not use the type of an entity of the coordinator`,
    at,
    "import type { Job } from '@aitbc/coordinator-domain';\nexport type Mine = Job;\n",
    tags,
  ),
  ...pathsTo(entityFile, at).map(([kind, path]) =>
    refusedText(
      `${at} may not use the file of an entity of the coordinator by ${kind}`,
      at,
      `import { Job } from '${path}';\nexport const job = new Job();\n`,
      noPath,
    ),
  ),
]);

/** Every library of a context uses these: to import it back would also close a circle, which Nx says first. */
const usedByAll = ['contracts', 'shared-core'];

const sharedCases: readonly RuleCase[] = [
  ...sharedLibraries
    // It has a stricter rule of its own: it may reach no library at all.
    .filter((library) => library !== 'shared-domain')
    .flatMap((library) =>
      [...agentLibraries, ...coordinatorLibraries].map((to) =>
        refused(
          `the shared ${library} may not reach ${to}`,
          index(library),
          `@aitbc/${to}`,
          usedByAll.includes(library) ? circle : tags,
        ),
      ),
    ),
  ...['agent-context-e2e', 'coordinator-e2e'].flatMap((suite) =>
    [...agentLibraries, ...coordinatorLibraries].map((to) =>
      refused(`${suite} may not reach ${to}`, `apps/${suite}/src/imagined.ts`, `@aitbc/${to}`, tags),
    ),
  ),
  refused(
    'the published domain may not reach another library',
    index('shared-domain'),
    '@aitbc/contracts',
    'emptyOnlyTagsConstraintViolation',
  ),
];

const toolCases: readonly RuleCase[] = ['tools/lint/src/lint-texts.ts', 'apps/cli/src/main.ts'].flatMap((at) => [
  ...[...agentLibraries, ...coordinatorLibraries].map((to) =>
    refused(`a tool, ${at}, may not reach ${to}`, at, `@aitbc/${to}`, tags),
  ),
  ...[agentApp, coordinatorApp].map((app) =>
    refused(`a tool, ${at}, may not reach ${app}`, at, relative(dirname(at), `${app}/src/main`), noPath),
  ),
]);

const domainCases: readonly RuleCase[] = ['coordinator-domain', 'shared-domain'].flatMap((library) => [
  ...everyWay('express').map(([way, text]) =>
    refusedText(`${library} may not use express by ${way}`, index(library), text, banned),
  ),
  ...['winston', 'sqlite3', 'pg'].map((module) =>
    refused(`${library} may not use ${module}`, index(library), module, banned),
  ),
  { name: `${library} may use typeorm`, at: index(library), text: importOf('typeorm') },
]);

function allowed(at: string, libraries: readonly string[]): RuleCase[] {
  return libraries.map((library) => ({
    name: `${at} may reach ${library}`,
    at,
    text: importOf(`@aitbc/${library}`),
  }));
}

export const projectCases: readonly RuleCase[] = [
  ...agentLibraries.flatMap((library) => acrossScopes(index(library), 'coordinator-domain')),
  ...agentLibraries.flatMap((library) => acrossScopes(index('coordinator-domain'), library)),
  ...acrossScopes(main(agentApp), 'coordinator-domain'),
  ...agentLibraries.flatMap((library) => acrossScopes(main(coordinatorApp), library)),
  ...acrossApplications(agentApp, coordinatorApp),
  ...acrossApplications(coordinatorApp, agentApp),
  ...entityCases,
  ...sharedCases,
  ...toolCases,
  ...domainCases,
  refused('a library may not reach an application', index('sandbox'), '../../../apps/miner/src/main', noPath),
  ...allowed(main(agentApp), [...sharedLibraries, ...agentLibraries]),
  ...allowed(main(coordinatorApp), [...sharedLibraries, ...coordinatorLibraries]),
  ...allowed(index('execution-engine'), ['contracts', 'shared-domain']),
  ...allowed(index('coordinator-domain'), ['contracts', 'shared-domain']),
  ...allowed(index('agent-client'), ['contracts']),
];
