import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE, type OpenApiDocument, renderConfigurationTable } from '@aitbc/shared-core';
import { FAILURE_CATALOGUE } from '@aitbc/shared-domain';
import { clientTypes } from './client-types';
import { rewritesDocuments } from './environment';
import { ENVIRONMENT_FILES, environmentFile, type EnvironmentFileName, type VariablesOf } from './environment-files';
import { fieldDescriptions } from './field-descriptions';
import type { Specs } from './render-environment-file';
import { renderApi } from './render-api';
import { renderErrors } from './render-errors';
import { filesEndingIn, readWorkspaceFile, workspaceRoot } from './workspace';

/** A file, and what makes its text. */
type Generated = [file: string, render: () => Promise<string>];

/** Applications export nothing, and nothing may import them. What they tell of themselves is read as data, by its path. */
async function toldBy<Argument, Told>(file: string, name: string, argument: Argument): Promise<Told> {
  const module = (await import(join(workspaceRoot, file))) as Record<string, (argument: Argument) => Told>;
  const tell = module[name];
  if (!tell) throw new Error(`${file} has no ${name}`);
  return tell(argument);
}

const CONFIGURATIONS: Readonly<Record<Parameters<VariablesOf>[0], readonly [file: string, name: string]>> = {
  'coordinator-api': ['apps/coordinator-api/src/app/core/configuration.ts', 'coordinatorVariables'],
  'agent-management': ['apps/agent-management/src/app/core/configuration.ts', 'agentManagementVariables'],
  miner: ['apps/miner/src/app/config/miner-configuration.ts', 'minerConfigurationVariables'],
};

/** Defaults that depend on a terminal are those of a service, which has none. */
const variablesOf: VariablesOf = (app) => toldBy<boolean, Specs>(...CONFIGURATIONS[app], false);

const DOCUMENTS = {
  'coordinator-api': ['apps/coordinator-api/src/app/openapi.ts', 'coordinatorDocument'],
  'agent-management': ['apps/agent-management/src/app/openapi.ts', 'agentManagementDocument'],
} as const;

type ServiceName = keyof typeof DOCUMENTS;

/** Of the API and not of a release, so that it changes with the API only. */
function documentOf(service: ServiceName): Promise<OpenApiDocument> {
  const [file, name] = DOCUMENTS[service];
  return toldBy<string, OpenApiDocument>(file, name, '1');
}

async function apiPage(service: ServiceName, url: string): Promise<string> {
  const document = await documentOf(service);
  return `${GENERATED}\n\n${renderApi({ document, url, file: `${service}.openapi.json` })}`;
}

async function configurationPage(): Promise<string> {
  const tables = renderConfigurationTable([
    {
      title: 'coordinator-api',
      specs: await variablesOf('coordinator-api'),
    },
    {
      title: 'agent-management',
      specs: await variablesOf('agent-management'),
      defaults: {
        WEBHOOK_ALLOWED_NETWORKS: 'none',
        WEBHOOK_RETRY_SCHEDULE: '`5s,5m,30m,2h,5h,10h,14h,20h,24h`',
      },
    },
    {
      title: 'miner',
      specs: await variablesOf('miner'),
      defaults: { MINER_ID: 'host name', MINER_INPUT_HOSTS: 'none' },
    },
  ]);
  return `${CONFIGURATION_INTRODUCTION}\n${tables}`;
}

const GENERATED = '<!-- Generated from the code by `npx nx run docs:write`; a test compares it. -->';

const CONFIGURATION_INTRODUCTION = `${GENERATED}

# Configuration

Every process is configured by environment variables, read once at its start. For development a \`.env\` file in the
working directory is read too; what is set outside of it wins. A variable that is set to nothing counts as not set. When
one is missing or not valid, the process names all such variables on standard error and exits with 78.
`;

/** What the OpenAPI document of an app says of the fields of its DTOs. */
function descriptionsOfFields(app: string): string {
  const files = [...filesEndingIn(['.dto.ts'], `${app}/src`), 'libs/shared-core/src/http/pages.ts'];
  const sources = files.map((path) => ({ path, text: readWorkspaceFile(path) }));
  return `${JSON.stringify(fieldDescriptions(sources), null, 2)}\n`;
}

describe('a generated file', () => {
  it.each<Generated>([
    ['docs/configuration.md', configurationPage],
    ['docs/errors.md', async () => `${GENERATED}\n\n${renderErrors(ERROR_CATALOGUE, FAILURE_CATALOGUE)}`],
    ...(Object.keys(ENVIRONMENT_FILES) as EnvironmentFileName[]).map((name): Generated => [
      `deploy/env/${name}.env`,
      () => environmentFile(name, variablesOf),
    ]),
    ...['apps/coordinator-api', 'apps/agent-management'].map((app): Generated => [
      `${app}/src/app/field-descriptions.json`,
      async () => descriptionsOfFields(app),
    ]),
    ['libs/agent-client/src/generated/agent-api.ts', async () => clientTypes(await documentOf('agent-management'))],
    [
      'libs/coordinator-client/src/generated/coordinator-api.ts',
      async () => clientTypes(await documentOf('coordinator-api')),
    ],
    ['docs/api/coordinator-api.md', () => apiPage('coordinator-api', 'http://127.0.0.1:8011')],
    ['docs/api/agent-management.md', () => apiPage('agent-management', 'http://127.0.0.1:8012')],
    ...(['coordinator-api', 'agent-management'] as const).map((service): Generated => [
      `docs/api/${service}.openapi.json`,
      async () => `${JSON.stringify(await documentOf(service), null, 2)}\n`,
    ]),
  ])('%s says what the code says', async (file, render) => {
    const page = await render();
    if (rewritesDocuments()) writeFileSync(join(workspaceRoot, file), page);
    expect(readWorkspaceFile(file)).toBe(page);
  });
});
