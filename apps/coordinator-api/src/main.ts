import 'reflect-metadata';
import { runService } from '@aitbc/shared-core';
import { composeCoordinator } from './app/core/composition';
import { readCoordinatorConfiguration } from './app/core/configuration';
import { version } from '../package.json';

runService({
  name: 'coordinator-api',
  version,
  readConfiguration: readCoordinatorConfiguration,
  compose: composeCoordinator,
});
