import 'reflect-metadata';
import { releaseVersion, runService } from '@aitbc/shared-core';
import { composeCoordinator } from './app/core/composition';
import { readCoordinatorConfiguration } from './app/core/configuration';
import { version } from '../package.json';

runService({
  name: 'coordinator-api',
  version: releaseVersion(__dirname) ?? version,
  readConfiguration: readCoordinatorConfiguration,
  compose: composeCoordinator,
});
