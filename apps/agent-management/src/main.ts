import 'reflect-metadata';
import { runService } from '@aitbc/shared-core';
import { composeAgentManagement } from './app/core/composition';
import { readAgentManagementConfiguration } from './app/core/configuration';
import { version } from '../package.json';

runService({
  name: 'agent-management',
  version,
  readConfiguration: readAgentManagementConfiguration,
  compose: composeAgentManagement,
});
