import 'reflect-metadata';
import { releaseVersion, runService } from '@aitbc/shared-core';
import { composeAgentManagement } from './app/core/composition';
import { readAgentManagementConfiguration } from './app/core/configuration';
import { version } from '../package.json';

runService({
  name: 'agent-management',
  version: releaseVersion(__dirname) ?? version,
  readConfiguration: readAgentManagementConfiguration,
  compose: composeAgentManagement,
});
